# Completion of entropy for fish, made from its option table; do not edit.

function __likely_entropy_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c entropy -l bytes -d 'each byte is a symbol; without it each line is one'
complete -c entropy -l tokens -d 'each run of bytes between blanks is a symbol'
complete -c entropy -s x -l columns -x -a '(__fish_append , (__likely_entropy_columns))' -d 'each value of these columns is a symbol; a row per column'
complete -c entropy -l joint -d 'the values of a row together are one symbol'
complete -c entropy -l given -x -a '(__fish_append , (__likely_entropy_columns))' -d 'the entropy that is left when the values of these columns are known'
complete -c entropy -s g -l by -x -a '(__likely_entropy_columns)' -d 'take the rows of each value of COLUMN separately'
complete -c entropy -s w -l weights -x -a '(__likely_entropy_columns)' -d 'how often each row counts'
complete -c entropy -l counts -d 'the numbers of the columns, or of the last numeric one, are counts of symbols'
complete -c entropy -l probabilities -d 'the numbers of the columns, or of the last numeric one, are probabilities that sum to 1'
complete -c entropy -l gauss -d 'the differential entropy of each Gaussian that mle-gauss wrote'
complete -c entropy -l cov -d 'with --gauss, that of all columns jointly: the input is that of mle-gauss --cov'
complete -c entropy -l estimate -x -a 'ml\t"of the relative frequencies" miller-madow\t"with a correction for the symbols seen" grassberger\t"nearly unbiased for small counts"' -d 'how to estimate the entropy from a sample'
complete -c entropy -l se -d 'add the standard error of the entropy'
complete -c entropy -l redundancy -d 'add by how much the entropy falls short of its greatest value, as a part of that'
complete -c entropy -l unit -x -a 'bits\t"logarithms to base 2" nats\t"natural logarithms" bans\t"logarithms to base 10"' -d 'unit of log-likelihoods, entropies and divergences'
complete -c entropy -l base -x -d 'base of the logarithm, instead of a unit'
complete -c entropy -l input -x -a 'auto\t"what the first record shows" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by runs of blanks" svm\t"svmlight: a label and INDEX:VALUE fields"' -d 'format of the input'
complete -c entropy -l header -x -a 'auto\t"yes when no field of the first record is a number" yes\t"the first record names the columns" no\t"columns are called 1, 2, 3"' -d 'whether the first record names the columns'
complete -c entropy -s d -l delimiter -x -d 'what separates the fields of CSV input'
complete -c entropy -l na -x -d 'words that mean a missing value, as an empty field does'
complete -c entropy -s o -l output -r -F -d 'write the result to FILE, all of it or nothing'
complete -c entropy -l to -x -a 'csv\t"comma-separated values" tsv\t"tab-separated values" json\t"an array of objects" table\t"aligned columns for reading"' -d 'format of the result'
complete -c entropy -l precision -x -d 'significant digits of numbers; without it as many as read back to the same number'
complete -c entropy -l memory -x -d 'keep at most SIZE (such as 500M or 4G) of the data in memory and the rest in a temporary file; without it half of the machine\'s memory'
complete -c entropy -s j -l threads -x -d 'threads to use; the result does not depend on it'
complete -c entropy -l seed -x -d 'seed of everything random'
complete -c entropy -s q -l quiet -d 'no notices on standard error'
complete -c entropy -s v -l verbose -d 'say on standard error what is done'
complete -c entropy -l help -d 'show this help'
complete -c entropy -l version -d 'show the version'
