# Completion of kl for fish, made from its option table; do not edit.

function __likely_kl_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c kl -s x -l columns -x -a '(__fish_append , (__likely_kl_columns))' -d 'the two columns to compare; without it the first two numeric ones'
complete -c kl -l probabilities -d 'insist that each column sums to 1'
complete -c kl -l unit -x -a 'bits\t"logarithms to base 2" nats\t"natural logarithms" bans\t"logarithms to base 10"' -d 'unit of the result'
complete -c kl -l input -x -a 'auto\t"what the first record shows" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by runs of blanks" svm\t"svmlight: a label and INDEX:VALUE fields"' -d 'format of the input'
complete -c kl -l header -x -a 'auto\t"yes when no field of the first record is a number" yes\t"the first record names the columns" no\t"columns are called 1, 2, 3"' -d 'whether the first record names the columns'
complete -c kl -s d -l delimiter -x -d 'what separates the fields of CSV input'
complete -c kl -l na -x -d 'words that mean a missing value, as an empty field does'
complete -c kl -s o -l output -r -F -d 'write the result to FILE, all of it or nothing'
complete -c kl -l to -x -a 'csv\t"comma-separated values" tsv\t"tab-separated values" json\t"an array of objects" table\t"aligned columns for reading"' -d 'format of the result'
complete -c kl -l precision -x -d 'significant digits of numbers; without it as many as read back to the same number'
complete -c kl -s j -l threads -x -d 'threads to use; the result does not depend on it'
complete -c kl -l seed -x -d 'seed of everything random'
complete -c kl -s q -l quiet -d 'no notices on standard error'
complete -c kl -s v -l verbose -d 'say on standard error what is done'
complete -c kl -l help -d 'show this help'
complete -c kl -l version -d 'show the version'
