# Completion of posterior for fish, made from its option table; do not edit.

function __likely_posterior_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c posterior -s l -l likelihood -x -a '(__fish_append , (__likely_posterior_columns))' -d 'the likelihoods of independent observations under each hypothesis'
complete -c posterior -s p -l prior -x -a '(__likely_posterior_columns)' -d 'the prior probabilities; without it the column \'posterior\', if there is one, else \'prior\''
complete -c posterior -l flat -d 'take all hypotheses as equally probable beforehand'
complete -c posterior -l normalise -d 'divide the priors by their sum, which need not be 1 then'
complete -c posterior -l log -d 'the likelihood columns hold natural logarithms of likelihoods'
complete -c posterior -l input -x -a 'auto\t"what the first record shows" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by runs of blanks" svm\t"svmlight: a label and INDEX:VALUE fields"' -d 'format of the input'
complete -c posterior -l header -x -a 'auto\t"yes when no field of the first record is a number" yes\t"the first record names the columns" no\t"columns are called 1, 2, 3"' -d 'whether the first record names the columns'
complete -c posterior -s d -l delimiter -x -d 'what separates the fields of CSV input'
complete -c posterior -l na -x -d 'words that mean a missing value, as an empty field does'
complete -c posterior -s o -l output -r -F -d 'write the result to FILE, all of it or nothing'
complete -c posterior -l to -x -a 'csv\t"comma-separated values" tsv\t"tab-separated values" json\t"an array of objects" table\t"aligned columns for reading"' -d 'format of the result'
complete -c posterior -l precision -x -d 'significant digits of numbers; without it as many as read back to the same number'
complete -c posterior -s j -l threads -x -d 'threads to use; the result does not depend on it'
complete -c posterior -l seed -x -d 'seed of everything random'
complete -c posterior -s q -l quiet -d 'no notices on standard error'
complete -c posterior -s v -l verbose -d 'say on standard error what is done'
complete -c posterior -l help -d 'show this help'
complete -c posterior -l version -d 'show the version'
