# Completion of model-show for fish, made from its option table; do not edit.

function __likely_model_show_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c model-show -l count -d 'print the number of free parameters and nothing else'
complete -c model-show -l fields -d 'list the fields of the model with type, shape, size, unit and meaning'
complete -c model-show -l confidence -x -d 'level of the confidence intervals; without it that of the trainer'
complete -c model-show -l layer -x -d 'show the bias and weights of a network\'s layer N: a row per input, a column per output'
complete -c model-show -l image -d 'write a picture (PGM) of weights, a tile per output: of layer N, else of the first that has any'
complete -c model-show -l tile -x -d 'the width and height of the inputs\' arrangement for --image; without it a square'
complete -c model-show -l plain -d 'write --image as text (P2), not in bytes (P5)'
complete -c model-show -s o -l output -r -F -d 'write the result to FILE, all of it or nothing'
complete -c model-show -l to -x -a 'text\t"a summary for reading" csv\t"the coefficients with their standard errors" tsv\t"the same, separated by tabs" table\t"the same in aligned columns" json\t"everything that is in the model" c\t"the whole model as a function in C99"' -d 'what to show, and how'
complete -c model-show -l precision -x -d 'significant digits; without it 6 for reading, else as many as read back to the same number'
complete -c model-show -s j -l threads -x -d 'threads to use; the result does not depend on it'
complete -c model-show -l seed -x -d 'seed of everything random'
complete -c model-show -s q -l quiet -d 'no notices on standard error'
complete -c model-show -s v -l verbose -d 'say on standard error what is done'
complete -c model-show -l help -d 'show this help'
complete -c model-show -l version -d 'show the version'
