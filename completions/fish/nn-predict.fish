# Completion of nn-predict for fish, made from its option table; do not edit.

function __likely_nn_predict_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c nn-predict -s m -l model -r -F -d 'the model to apply, - being standard input; given several times, the average of these models'
complete -c nn-predict -l append -d 'write the predictions behind the unchanged input rows'
complete -c nn-predict -l output -x -a 'prob\t"probabilities, as columns p_LABEL, or predicted means" label\t"the most probable class, as a column \'predicted\'" logit\t"the linear predictor, as columns logit_LABEL" all\t"all of these"' -d 'what to predict'
complete -c nn-predict -l threshold -x -d 'probability from which on the positive of two classes is predicted'
complete -c nn-predict -l temperature -x -d 'divide the linear predictors of classes by T: above 1 the probabilities are less extreme'
complete -c nn-predict -l layer -x -d 'write what layer N of a network puts out, as columns layerN_1, layerN_2 and so on'
complete -c nn-predict -l interval -x -d 'add confidence intervals of that level, as columns NAME_lower and NAME_upper'
complete -c nn-predict -l missing -x -a 'error\t"stop at the first missing value and say where it is" skip\t"pass over such rows"' -d 'what to do with rows that lack a value; skip leaves their predictions empty'
complete -c nn-predict -l unseen -x -a 'error\t"stop and say where" ignore\t"predict from the other columns"' -d 'what to do with a category that the model has not seen'
complete -c nn-predict -l fold -x -d 'predict the rows of fold k of K only'
complete -c nn-predict -l key -x -a '(__likely_nn_predict_columns)' -d 'let rows of the same value of COLUMN be in the same fold'
complete -c nn-predict -l input -x -a 'auto\t"what the first record shows" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by runs of blanks" svm\t"svmlight: a label and INDEX:VALUE fields"' -d 'format of the input'
complete -c nn-predict -l header -x -a 'auto\t"yes when no field of the first record is a number" yes\t"the first record names the columns" no\t"columns are called 1, 2, 3"' -d 'whether the first record names the columns'
complete -c nn-predict -s d -l delimiter -x -d 'what separates the fields of CSV input'
complete -c nn-predict -l na -x -d 'words that mean a missing value, as an empty field does'
complete -c nn-predict -s o -l output-file -r -F -d 'write the result to FILE, all of it or nothing'
complete -c nn-predict -l to -x -a 'csv\t"comma-separated values" tsv\t"tab-separated values"' -d 'format of the result without --append, which keeps that of the input'
complete -c nn-predict -l precision -x -d 'significant digits of numbers; without it as many as read back to the same number'
complete -c nn-predict -s j -l threads -x -d 'threads to use; the result does not depend on it'
complete -c nn-predict -l seed -x -d 'seed of everything random'
complete -c nn-predict -s q -l quiet -d 'no notices on standard error'
complete -c nn-predict -s v -l verbose -d 'say on standard error what is done'
complete -c nn-predict -l help -d 'show this help'
complete -c nn-predict -l version -d 'show the version'
