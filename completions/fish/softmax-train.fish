# Completion of softmax-train for fish, made from its option table; do not edit.

function __likely_softmax_train_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c softmax-train -s t -l target -x -a '(__likely_softmax_train_columns)' -d 'the column with the class labels'
complete -c softmax-train -s x -l features -x -a '(__fish_append , (__likely_softmax_train_columns))' -d 'the columns to learn from; without it all but the target'
complete -c softmax-train -l exclude -x -a '(__fish_append , (__likely_softmax_train_columns))' -d 'columns to leave out'
complete -c softmax-train -s w -l weights -x -a '(__likely_softmax_train_columns)' -d 'a column of weights: a row of weight 2 counts as two rows'
complete -c softmax-train -l missing -x -a 'error\t"stop with the place of the first" skip\t"leave them out"' -d 'what to do with rows that lack a value'
complete -c softmax-train -l fold -x -d 'learn from all rows but those of fold k of K'
complete -c softmax-train -l key -x -a '(__likely_softmax_train_columns)' -d 'let rows of the same value of COLUMN be in the same fold'
complete -c softmax-train -l categorical -x -a '(__fish_append , (__likely_softmax_train_columns))' -d 'columns that are categories, each level but the first becoming a feature COLUMN=LEVEL; auto: all that are text'
complete -c softmax-train -l l2 -x -d 'add LAMBDA/2 times the sum of squared coefficients to the mean loss'
complete -c softmax-train -l standardize -d 'penalise coefficients of columns of unit sd, not of the columns\' own scale'
complete -c softmax-train -l prior-sd -x -d 'a Gaussian prior of that sd on coefficients: --l2 1/(n SD^2)'
complete -c softmax-train -l confidence -x -d 'level of the confidence intervals that are shown'
complete -c softmax-train -l solver -x -a 'auto\t"newton where second derivatives are cheap, else lbfgs" newton\t"Newton\'s method: few, costly iterations" lbfgs\t"limited-memory BFGS: for many parameters" gd\t"plain gradient descent at a fixed learning rate"' -d 'how to find the optimum'
complete -c softmax-train -l learning-rate -x -d 'step of --solver gd per unit of gradient, on standardised columns; without it 0.1'
complete -c softmax-train -l max-iter -x -d 'stop after N iterations; without it 100 of newton, 10000 of lbfgs, 1000 of gd'
complete -c softmax-train -l tol -x -d 'converged when no entry of the gradient, on standardised columns, exceeds TOL'
complete -c softmax-train -l trace -r -F -d 'write iteration, objective, gradient norm and seconds to FILE as CSV'
complete -c softmax-train -l check-gradient -d 'compare the gradient with differences of the objective at a random point, and do nothing else'
complete -c softmax-train -s o -l output -r -F -d 'write the model to FILE, all of it or nothing'
complete -c softmax-train -l memory -x -d 'keep at most SIZE (such as 500M or 4G) of the data in memory and the rest in a temporary file; without it half of the machine\'s memory'
complete -c softmax-train -l reference -x -d 'the class whose coefficients are 0; without it the first in order, and none under a penalty'
complete -c softmax-train -l input -x -a 'auto\t"what the first record shows" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by runs of blanks" svm\t"svmlight: a label and INDEX:VALUE fields"' -d 'format of the input'
complete -c softmax-train -l header -x -a 'auto\t"yes when no field of the first record is a number" yes\t"the first record names the columns" no\t"columns are called 1, 2, 3"' -d 'whether the first record names the columns'
complete -c softmax-train -s d -l delimiter -x -d 'what separates the fields of CSV input'
complete -c softmax-train -l na -x -d 'words that mean a missing value, as an empty field does'
complete -c softmax-train -s j -l threads -x -d 'threads to use; the result does not depend on it'
complete -c softmax-train -l seed -x -d 'seed of everything random'
complete -c softmax-train -s q -l quiet -d 'no notices on standard error'
complete -c softmax-train -s v -l verbose -d 'say on standard error what is done'
complete -c softmax-train -l help -d 'show this help'
complete -c softmax-train -l version -d 'show the version'
