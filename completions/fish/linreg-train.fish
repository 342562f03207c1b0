# Completion of linreg-train for fish, made from its option table; do not edit.

function __likely_linreg_train_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c linreg-train -s t -l target -x -a '(__fish_append , (__likely_linreg_train_columns))' -d 'the column to be explained, or several, each for itself (least squares only)'
complete -c linreg-train -s x -l features -x -a '(__fish_append , (__likely_linreg_train_columns))' -d 'the columns to learn from; without it all but the target'
complete -c linreg-train -l exclude -x -a '(__fish_append , (__likely_linreg_train_columns))' -d 'columns to leave out'
complete -c linreg-train -s w -l weights -x -a '(__likely_linreg_train_columns)' -d 'a column of weights: a row of weight 2 counts as two rows; fractions are allowed'
complete -c linreg-train -l fweights -x -a '(__likely_linreg_train_columns)' -d 'a column of frequencies, which are whole: a row of frequency 2 is two rows'
complete -c linreg-train -l aweights -x -a '(__likely_linreg_train_columns)' -d 'a column of importances, whose ratios count: they are scaled to sum to the number of rows'
complete -c linreg-train -l missing -x -a 'error\t"stop at the first missing value and say where it is" skip\t"pass over such rows"' -d 'what to do with rows that lack a value; skip leaves them out'
complete -c linreg-train -l fold -x -d 'learn from all rows but those of fold k of K'
complete -c linreg-train -l key -x -a '(__likely_linreg_train_columns)' -d 'let rows of the same value of COLUMN be in the same fold'
complete -c linreg-train -l offset -x -a '(__likely_linreg_train_columns)' -d 'a column that is added to the linear predictor as it is, with the coefficient 1'
complete -c linreg-train -l categorical -x -a 'auto (__fish_append , (__likely_linreg_train_columns))' -d 'columns that are categories, each level but the first becoming a feature COLUMN=LEVEL; auto: all that are text'
complete -c linreg-train -l no-intercept -d 'no constant: the mean is 0 where all features are 0'
complete -c linreg-train -l l1 -x -d 'add LAMBDA times the sum of absolute coefficients to the mean loss, which makes some of them 0'
complete -c linreg-train -l l2 -x -d 'add LAMBDA/2 times the sum of squared coefficients to the mean loss'
complete -c linreg-train -l standardize -d 'penalise coefficients of columns of unit sd, not of the columns\' own scale'
complete -c linreg-train -l prior-sd -x -d 'a Gaussian prior of that sd on coefficients: --l2 VARIANCE/(n SD^2), the variance being estimated, too'
complete -c linreg-train -l loss -x -a '(__fish_append , l2 l1 huber)' -d 'what to minimise; huber:DELTA says where it bends, in units of the target, instead of at 1'
complete -c linreg-train -l heteroscedastic -x -a 'all (__fish_append , (__likely_linreg_train_columns))' -d 'let the standard deviation of errors be linear in these features, or in all of them: \'all\''
complete -c linreg-train -l confidence -x -d 'level of the confidence intervals that are shown'
complete -c linreg-train -s o -l output -r -F -d 'write the model to FILE, all of it or nothing'
complete -c linreg-train -l memory -x -d 'keep at most SIZE (such as 500M or 4G) of the data in memory and the rest in a temporary file; without it half of the machine\'s memory'
complete -c linreg-train -l input -x -a 'auto\t"what the first record shows" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by runs of blanks" svm\t"svmlight: a label and INDEX:VALUE fields"' -d 'format of the input'
complete -c linreg-train -l header -x -a 'auto\t"yes when no field of the first record is a number" yes\t"the first record names the columns" no\t"columns are called 1, 2, 3"' -d 'whether the first record names the columns'
complete -c linreg-train -s d -l delimiter -x -d 'what separates the fields of CSV input'
complete -c linreg-train -l na -x -d 'words that mean a missing value, as an empty field does'
complete -c linreg-train -s j -l threads -x -d 'threads to use; the result does not depend on it'
complete -c linreg-train -l seed -x -d 'seed of everything random'
complete -c linreg-train -s q -l quiet -d 'no notices on standard error'
complete -c linreg-train -s v -l verbose -d 'say on standard error what is done'
complete -c linreg-train -l help -d 'show this help'
complete -c linreg-train -l version -d 'show the version'
