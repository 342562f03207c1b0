# Completion of softmax for fish, made from its option table; do not edit.

function __likely_softmax_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c softmax -s x -l columns -x -a '(__fish_append , (__likely_softmax_columns))' -d 'the score columns; without it all numeric ones'
complete -c softmax -l log -d 'natural logarithms of the probabilities, as columns logp_nats_NAME'
complete -c softmax -l sigmoid -d 'each score by itself: 1 / (1 + exp(-score))'
complete -c softmax -s t -l temperature -x -d 'divide the scores by T first'
complete -c softmax -l argmax -d 'add the name of the greatest score, as a column \'predicted\''
complete -c softmax -l missing -x -a 'error\t"stop at the first missing value and say where it is" skip\t"pass over such rows"' -d 'what to do with rows that lack a score; skip leaves their new columns empty'
complete -c softmax -l input -x -a 'auto\t"what the first record shows" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by runs of blanks" svm\t"svmlight: a label and INDEX:VALUE fields"' -d 'format of the input'
complete -c softmax -l header -x -a 'auto\t"yes when no field of the first record is a number" yes\t"the first record names the columns" no\t"columns are called 1, 2, 3"' -d 'whether the first record names the columns'
complete -c softmax -s d -l delimiter -x -d 'what separates the fields of CSV input'
complete -c softmax -l na -x -d 'words that mean a missing value, as an empty field does'
complete -c softmax -s o -l output -r -F -d 'write the result to FILE, all of it or nothing'
complete -c softmax -l precision -x -d 'significant digits of numbers; without it as many as read back to the same number'
complete -c softmax -s j -l threads -x -d 'threads to use; the result does not depend on it'
complete -c softmax -l seed -x -d 'seed of everything random'
complete -c softmax -s q -l quiet -d 'no notices on standard error'
complete -c softmax -s v -l verbose -d 'say on standard error what is done'
complete -c softmax -l help -d 'show this help'
complete -c softmax -l version -d 'show the version'
