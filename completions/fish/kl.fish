# Completion of kl for fish, made from its option table; do not edit.

function __likely_kl_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c kl -s x -l columns -x -a '(__fish_append , (__likely_kl_columns))' -d 'two columns to compare; default: the first two numeric ones; with --key, the column of counts; default: the last numeric one; with --logits, the target columns'
complete -c kl -l probabilities -d 'require probabilities that sum to 1'
complete -c kl -l key -x -a '(__fish_append , (__likely_kl_columns))' -d 'compare two files by the symbols that these columns name'
complete -c kl -l lines -d 'compare the frequencies of lines in two files'
complete -c kl -l tokens -d 'compare the frequencies of words between blanks in two files'
complete -c kl -l bytes -d 'compare the frequencies of bytes in two files'
complete -c kl -l decompress -d 'with --bytes, those that compressed files decompress to; default: the bytes of the files'
complete -c kl -l gauss -d 'compare the Gaussians in two outputs of mle-gauss'
complete -c kl -l cov -d 'with --gauss, compare all columns jointly, from outputs of mle-gauss --cov'
complete -c kl -s g -l by -x -a '(__likely_kl_columns)' -d 'with --gauss, compare the Gaussians of each group of mle-gauss --by'
complete -c kl -l logits -x -a '(__fish_append , (__likely_kl_columns))' -d 'compare the targets of each row with the softmax of these score columns'
complete -c kl -l smooth -x -d 'add ALPHA to each count, including symbols that one side lacks'
complete -c kl -l unit -x -a 'bits\t"logarithms to base 2" nats\t"natural logarithms" bans\t"logarithms to base 10"' -d 'unit of log-likelihoods, entropies and divergences'
complete -c kl -l base -x -d 'base of the logarithm, in place of --unit'
complete -c kl -l input -x -a 'auto\t"detected from the first record" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by blanks" svm\t"svmlight: a label and INDEX:VALUE fields"' -d 'format of the input'
complete -c kl -l header -x -a 'auto\t"yes if no field of the first record is a number" yes\t"the first record names the columns" no\t"columns are named 1, 2, 3, ..."' -d 'whether the first record names the columns'
complete -c kl -s d -l delimiter -x -d 'separator of the fields of CSV input; default: detected'
complete -c kl -l na -x -d 'words that mark a missing value, besides the empty field'
complete -c kl -s o -l output -r -F -d 'write the result to FILE, which is complete or not created'
complete -c kl -l to -x -a 'csv\t"comma-separated values" tsv\t"tab-separated values" json\t"an array of objects" table\t"aligned columns for reading"' -d 'format of the result'
complete -c kl -l precision -x -d 'significant digits of numbers; default: the fewest that read back to the same number'
complete -c kl -l memory -x -d 'keep at most SIZE (such as 500M or 4G) of the data in memory and the rest in a temporary file; default: half of the machine\'s memory'
complete -c kl -s j -l threads -x -d 'number of threads; the result does not depend on it; default: the CPUs'
complete -c kl -l seed -x -d 'seed of the random numbers'
complete -c kl -s q -l quiet -d 'write no notices to standard error'
complete -c kl -s v -l verbose -d 'write details of the work to standard error'
complete -c kl -s h -l help -d 'show this help'
complete -c kl -s V -l version -d 'show the version'
