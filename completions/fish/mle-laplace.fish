# Completion of mle-laplace for fish, made from its option table; do not edit.

function __likely_mle_laplace_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c mle-laplace -s x -l features -x -a '(__fish_append , (__likely_mle_laplace_columns))' -d 'columns to fit; without it all numeric ones'
complete -c mle-laplace -s g -l by -x -a '(__likely_mle_laplace_columns)' -d 'fit the rows of each value of COLUMN separately'
complete -c mle-laplace -s w -l weights -x -a '(__likely_mle_laplace_columns)' -d 'how often each row counts'
complete -c mle-laplace -l unit -x -a 'bits\t"logarithms to base 2" nats\t"natural logarithms" bans\t"logarithms to base 10"' -d 'unit of log-likelihoods, entropies and divergences'
complete -c mle-laplace -l base -x -d 'base of the logarithm, instead of a unit'
complete -c mle-laplace -l input -x -a 'auto\t"what the first record shows" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by runs of blanks" svm\t"svmlight: a label and INDEX:VALUE fields"' -d 'format of the input'
complete -c mle-laplace -l header -x -a 'auto\t"yes when no field of the first record is a number" yes\t"the first record names the columns" no\t"columns are called 1, 2, 3"' -d 'whether the first record names the columns'
complete -c mle-laplace -s d -l delimiter -x -d 'what separates the fields of CSV input'
complete -c mle-laplace -l na -x -d 'words that mean a missing value, as an empty field does'
complete -c mle-laplace -s o -l output -r -F -d 'write the result to FILE, all of it or nothing'
complete -c mle-laplace -l to -x -a 'csv\t"comma-separated values" tsv\t"tab-separated values" json\t"an array of objects" table\t"aligned columns for reading"' -d 'format of the result'
complete -c mle-laplace -l precision -x -d 'significant digits of numbers; without it as many as read back to the same number'
complete -c mle-laplace -s j -l threads -x -d 'threads to use; the result does not depend on it'
complete -c mle-laplace -l seed -x -d 'seed of everything random'
complete -c mle-laplace -s q -l quiet -d 'no notices on standard error'
complete -c mle-laplace -s v -l verbose -d 'say on standard error what is done'
complete -c mle-laplace -l help -d 'show this help'
complete -c mle-laplace -l version -d 'show the version'
