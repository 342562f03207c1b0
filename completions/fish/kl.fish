# Completion of kl for fish, made from its option table; do not edit.

function __likely_kl_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c kl -s x -l columns -x -a '(__fish_append , (__likely_kl_columns))' -d 'the two columns to compare, or the first two numeric ones; with --key the column of counts, or the last numeric one; with --logits the columns of targets'
complete -c kl -l probabilities -d 'insist that probabilities sum to 1'
complete -c kl -s k -l key -x -a '(__fish_append , (__likely_kl_columns))' -d 'compare two files, in which these columns name the symbol of each row'
complete -c kl -l lines -d 'compare how often each line occurs in two files'
complete -c kl -l tokens -d 'compare how often each run of bytes between blanks does'
complete -c kl -l bytes -d 'compare how often each byte does'
complete -c kl -l gauss -d 'compare the Gaussians of two files that mle-gauss wrote'
complete -c kl -l cov -d 'compare all columns jointly: the files are those of mle-gauss --cov'
complete -c kl -s g -l by -x -a '(__likely_kl_columns)' -d 'with --gauss, compare the Gaussians of each group that mle-gauss --by fitted'
complete -c kl -l logits -x -a '(__fish_append , (__likely_kl_columns))' -d 'compare the targets of each row with the softmax of these scores'
complete -c kl -l smooth -x -d 'add ALPHA to each count, also to those of symbols that one side lacks'
complete -c kl -l unit -x -a 'bits\t"logarithms to base 2" nats\t"natural logarithms" bans\t"logarithms to base 10"' -d 'unit of log-likelihoods, entropies and divergences'
complete -c kl -l base -x -d 'base of the logarithm, instead of a unit'
complete -c kl -l input -x -a 'auto\t"what the first record shows" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by runs of blanks" svm\t"svmlight: a label and INDEX:VALUE fields"' -d 'format of the input'
complete -c kl -l header -x -a 'auto\t"yes when no field of the first record is a number" yes\t"the first record names the columns" no\t"columns are called 1, 2, 3"' -d 'whether the first record names the columns'
complete -c kl -s d -l delimiter -x -d 'what separates the fields of CSV input'
complete -c kl -l na -x -d 'words that mean a missing value, as an empty field does'
complete -c kl -s o -l output -r -F -d 'write the result to FILE, all of it or nothing'
complete -c kl -l to -x -a 'csv\t"comma-separated values" tsv\t"tab-separated values" json\t"an array of objects" table\t"aligned columns for reading"' -d 'format of the result'
complete -c kl -l precision -x -d 'significant digits of numbers; without it as many as read back to the same number'
complete -c kl -l memory -x -d 'keep at most SIZE (such as 500M or 4G) of the data in memory and the rest in a temporary file; without it half of the machine\'s memory'
complete -c kl -s j -l threads -x -d 'threads to use; the result does not depend on it'
complete -c kl -l seed -x -d 'seed of everything random'
complete -c kl -s q -l quiet -d 'no notices on standard error'
complete -c kl -s v -l verbose -d 'say on standard error what is done'
complete -c kl -l help -d 'show this help'
complete -c kl -l version -d 'show the version'
