# Completion of nn-predict for fish, made from its option table; do not edit.

function __likely_nn_predict_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c nn-predict -s m -l model -r -F -d 'model to apply; - is standard input; several models are averaged'
complete -c nn-predict -l append -d 'append the predictions to the unchanged input rows'
complete -c nn-predict -l predict -x -a 'prob\t"probabilities, as columns p_LABEL, or predicted means" label\t"the most probable class, as a column \'predicted\'" logit\t"the linear predictor, as columns logit_LABEL" all\t"all of these"' -d 'quantity to predict'
complete -c nn-predict -l threshold -x -d 'smallest probability at which the positive of two classes is predicted'
complete -c nn-predict -s T -l temperature -x -d 'divide the linear predictors of the classes by T; above 1, probabilities are less extreme'
complete -c nn-predict -l layer -x -d 'write the outputs of layer N of a network, as columns layerN_1, layerN_2 and so on'
complete -c nn-predict -l interval -x -d 'add confidence intervals of level LEVEL, as columns NAME_lower and NAME_upper'
complete -c nn-predict -l missing -x -a 'error\t"the first missing value is an error" skip\t"skip such rows"' -d 'treatment of rows with missing or infinite values; skip leaves their predictions empty'
complete -c nn-predict -l unseen -x -a 'error\t"an unknown category is an error" missing\t"the predictions of the row are empty" reference\t"the category counts as the reference level of its column" omit\t"naive Bayes: the other columns alone determine the prediction"' -d 'treatment of categories that the model does not know'
complete -c nn-predict -l inestimable -x -a 'missing\t"the predictions of the row are empty, and the exit status is 3" predict\t"coefficients of aliased features count as 0" error\t"the row is an error"' -d 'treatment of rows whose predictions the training data do not determine'
complete -c nn-predict -l fold -x -d 'predict only the rows of fold k of K'
complete -c nn-predict -l key -x -a '(__fish_append , (__likely_nn_predict_columns))' -d 'keep rows with the same values of COLUMNS in the same fold'
complete -c nn-predict -l input -x -a 'auto\t"detected from the first record" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by blanks" svm\t"svmlight: a label and INDEX:VALUE fields" jsonl\t"JSON Lines: an object on each line"' -d 'format of the input'
complete -c nn-predict -l header -x -a 'auto\t"yes if no field of the first record is a number" yes\t"the first record names the columns" no\t"columns are named 1, 2, 3, ..."' -d 'whether the first record names the columns'
complete -c nn-predict -s d -l delimiter -x -d 'separator of the fields of CSV input; default: detected'
complete -c nn-predict -l quote -x -a none -d 'quote around fields, or none if quotes are text; default: "'
complete -c nn-predict -l escape -x -a 'auto\t"detected; doubled where in doubt" double\t"as two quotes" backslash\t"behind a backslash"' -d 'how a quote is written within quotes'
complete -c nn-predict -l comment -x -d 'skip lines that begin with one of CHARS; default: none'
complete -c nn-predict -l encoding -x -a 'auto\t"detected" utf-8\t"UTF-8, and bytes of any kind as they are" utf-16le\t"UTF-16, little-endian" utf-16be\t"UTF-16, big-endian" latin1\t"Latin-1 with the characters of Windows-1252"' -d 'encoding of the text'
complete -c nn-predict -l skip-lines -x -d 'lines to skip at the head of every file; default: none'
complete -c nn-predict -l ragged -x -a 'error\t"the first such record is an error" pad\t"fill short records with missing values" drop\t"leave such records out"' -d 'treatment of records with fewer or more fields than the header'
complete -c nn-predict -l na -x -d 'words that mark a missing value, besides the empty field'
complete -c nn-predict -s o -l output -r -F -d 'write the result to FILE, which is complete or not created'
complete -c nn-predict -l to -x -a 'csv\t"comma-separated values" tsv\t"tab-separated values"' -d 'format of the result; --append keeps that of the input'
complete -c nn-predict -l precision -x -d 'significant digits of numbers; default: the fewest that read back to the same number'
complete -c nn-predict -s j -l threads -x -d 'number of threads; the result does not depend on it; default: the CPUs'
complete -c nn-predict -l seed -x -d 'seed of the random numbers'
complete -c nn-predict -s q -l quiet -d 'write no notices to standard error'
complete -c nn-predict -s v -l verbose -d 'write details of the work to standard error'
complete -c nn-predict -s h -l help -d 'show this help'
complete -c nn-predict -s V -l version -d 'show the version'
