# Completion of bayes-train for fish, made from its option table; do not edit.

function __likely_bayes_train_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c bayes-train -s t -l target -x -a '(__likely_bayes_train_columns)' -d 'the column with the class labels'
complete -c bayes-train -s x -l features -x -a '(__fish_append , (__likely_bayes_train_columns))' -d 'the columns to learn from; without it all but the target'
complete -c bayes-train -l exclude -x -a '(__fish_append , (__likely_bayes_train_columns))' -d 'columns to leave out'
complete -c bayes-train -s w -l weights -x -a '(__likely_bayes_train_columns)' -d 'a column of weights: a row of weight 2 counts as two rows; fractions are allowed'
complete -c bayes-train -l fweights -x -a '(__likely_bayes_train_columns)' -d 'a column of frequencies, which are whole: a row of frequency 2 is two rows'
complete -c bayes-train -l aweights -x -a '(__likely_bayes_train_columns)' -d 'a column of importances, whose ratios count: they are scaled to sum to the number of rows'
complete -c bayes-train -l missing -x -a 'error\t"stop at the first missing value and say where it is" skip\t"pass over such rows"' -d 'what to do with rows that lack a value; skip leaves them out'
complete -c bayes-train -l fold -x -d 'learn from all rows but those of fold k of K'
complete -c bayes-train -l key -x -a '(__likely_bayes_train_columns)' -d 'let rows of the same value of COLUMN be in the same fold'
complete -c bayes-train -l categorical -x -a '(__fish_append , (__likely_bayes_train_columns))' -d 'columns of numbers that are categories, as text columns are'
complete -c bayes-train -l pseudo-count -x -d 'count each level of each category N times more in each class'
complete -c bayes-train -l variance-floor -x -d 'let no variance in a class be less than FRACTION of the column\'s variance over all rows'
complete -c bayes-train -l input -x -a 'auto\t"what the first record shows" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by runs of blanks" svm\t"svmlight: a label and INDEX:VALUE fields"' -d 'format of the input'
complete -c bayes-train -l header -x -a 'auto\t"yes when no field of the first record is a number" yes\t"the first record names the columns" no\t"columns are called 1, 2, 3"' -d 'whether the first record names the columns'
complete -c bayes-train -s d -l delimiter -x -d 'what separates the fields of CSV input'
complete -c bayes-train -l na -x -d 'words that mean a missing value, as an empty field does'
complete -c bayes-train -s o -l output -r -F -d 'write the model to FILE, all of it or nothing'
complete -c bayes-train -s j -l threads -x -d 'threads to use; the result does not depend on it'
complete -c bayes-train -l seed -x -d 'seed of everything random'
complete -c bayes-train -s q -l quiet -d 'no notices on standard error'
complete -c bayes-train -s v -l verbose -d 'say on standard error what is done'
complete -c bayes-train -l help -d 'show this help'
complete -c bayes-train -l version -d 'show the version'
