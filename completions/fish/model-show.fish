# Completion of model-show for fish, made from its option table; do not edit.

function __likely_model_show_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c model-show -l count -d 'write only the number of free parameters'
complete -c model-show -l fields -d 'list the fields of the model with type, shape, size, unit and meaning'
complete -c model-show -l measures -d 'write the measures of fit as a table: likelihoods, AIC, deviance, R^2, F, convergence'
complete -c model-show -l confidence -x -d 'level of the confidence intervals; default: that of the trainer'
complete -c model-show -l layer -x -d 'show bias and weights of layer N of a network: a row per input, a column per output'
complete -c model-show -l image -d 'write a picture (PGM) of the weights of --layer, by default the first layer, with a tile per output'
complete -c model-show -l tile -x -d 'width and height of a tile of --image, in inputs; default: a square'
complete -c model-show -l plain -d 'write --image as text (P2), not as bytes (P5)'
complete -c model-show -s o -l output -r -F -d 'write the result to FILE, which is complete or not created'
complete -c model-show -l to -x -a 'text\t"a summary for reading" csv\t"coefficients and standard errors" tsv\t"the same, tab-separated" table\t"the same, in aligned columns" json\t"the whole model" c\t"a C99 function that predicts"' -d 'contents and format of the result'
complete -c model-show -l precision -x -d 'significant digits; default: 6 for --to text, else the fewest that read back to the same number'
complete -c model-show -s j -l threads -x -d 'number of threads; the result does not depend on it; default: the CPUs'
complete -c model-show -l seed -x -d 'seed of the random numbers'
complete -c model-show -s q -l quiet -d 'write no notices to standard error'
complete -c model-show -s v -l verbose -d 'write details of the work to standard error'
complete -c model-show -s h -l help -d 'show this help'
complete -c model-show -s V -l version -d 'show the version'
