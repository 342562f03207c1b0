# Completion of linreg-train for fish, made from its option table; do not edit.

function __likely_linreg_train_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c linreg-train -s t -l target -x -a '(__fish_append , (__likely_linreg_train_columns))' -d 'column to predict; least squares fits several columns separately'
complete -c linreg-train -s x -l features -x -a '(__fish_append , (__likely_linreg_train_columns))' -d 'feature columns; default: all columns without another role'
complete -c linreg-train -l exclude -x -a '(__fish_append , (__likely_linreg_train_columns))' -d 'columns to omit from the features'
complete -c linreg-train -s w -l weights -x -a '(__likely_linreg_train_columns)' -d 'column of weights: a row of weight 2 counts as two rows; fractions are allowed'
complete -c linreg-train -l fweights -x -a '(__likely_linreg_train_columns)' -d 'column of whole frequencies: a row of frequency 2 is two rows'
complete -c linreg-train -l aweights -x -a '(__likely_linreg_train_columns)' -d 'column of relative weights, scaled to sum to the number of rows'
complete -c linreg-train -l missing -x -a 'error\t"the first missing value is an error" skip\t"skip such rows"' -d 'treatment of rows with missing values'
complete -c linreg-train -l fold -x -d 'train on all rows except those of fold k of K'
complete -c linreg-train -l key -x -a '(__fish_append , (__likely_linreg_train_columns))' -d 'keep rows with the same values of COLUMNS in the same fold'
complete -c linreg-train -l offset -x -a '(__likely_linreg_train_columns)' -d 'column added to the linear predictor with the coefficient 1'
complete -c linreg-train -l categorical -x -a 'auto (__fish_append , (__likely_linreg_train_columns))' -d 'categorical columns, encoded as a feature COLUMN=LEVEL per level but the first; auto: all text columns'
complete -c linreg-train -l no-intercept -d 'omit the intercept'
complete -c linreg-train -l l1 -x -d 'add LAMBDA times the sum of absolute coefficients to the mean loss, which sets some of them to 0'
complete -c linreg-train -l l2 -x -d 'add LAMBDA/2 times the sum of squared coefficients to the mean loss'
complete -c linreg-train -l standardize -d 'apply the penalty to the coefficients of columns scaled to standard deviation 1'
complete -c linreg-train -l prior-sd -x -d 'Gaussian prior with standard deviation SD on the coefficients: --l2 VARIANCE/(n SD^2), with the variance estimated'
complete -c linreg-train -s l -l loss -x -a '(__fish_append , l2 l1 huber huber-absolute)' -d 'loss to minimise; huber:DELTA estimates the scale of the errors, huber-absolute:DELTA does not'
complete -c linreg-train -l heteroscedastic -x -a 'all (__fish_append , (__likely_linreg_train_columns))' -d 'model the standard deviation of the errors as linear in these features; all: in every feature'
complete -c linreg-train -l confidence -x -d 'level of the confidence intervals'
complete -c linreg-train -s o -l output -r -F -d 'write the model to FILE, which is complete or not created'
complete -c linreg-train -l memory -x -d 'keep at most SIZE (such as 500M or 4G) of the data in memory and the rest in a temporary file; default: half of the machine\'s memory'
complete -c linreg-train -l input -x -a 'auto\t"detected from the first record" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by blanks" svm\t"svmlight: a label and INDEX:VALUE fields"' -d 'format of the input'
complete -c linreg-train -l header -x -a 'auto\t"yes if no field of the first record is a number" yes\t"the first record names the columns" no\t"columns are named 1, 2, 3, ..."' -d 'whether the first record names the columns'
complete -c linreg-train -s d -l delimiter -x -d 'separator of the fields of CSV input; default: detected'
complete -c linreg-train -l na -x -d 'words that mark a missing value, besides the empty field'
complete -c linreg-train -s j -l threads -x -d 'number of threads; the result does not depend on it; default: the CPUs'
complete -c linreg-train -l seed -x -d 'seed of the random numbers'
complete -c linreg-train -s q -l quiet -d 'write no notices to standard error'
complete -c linreg-train -s v -l verbose -d 'write details of the work to standard error'
complete -c linreg-train -s h -l help -d 'show this help'
complete -c linreg-train -s V -l version -d 'show the version'
