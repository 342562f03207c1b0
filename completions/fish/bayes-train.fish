# Completion of bayes-train for fish, made from its option table; do not edit.

function __likely_bayes_train_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c bayes-train -s t -l target -x -a '(__likely_bayes_train_columns)' -d 'column of class labels'
complete -c bayes-train -s x -l features -x -a '(__fish_append , (__likely_bayes_train_columns))' -d 'feature columns; default: all columns without another role'
complete -c bayes-train -l exclude -x -a '(__fish_append , (__likely_bayes_train_columns))' -d 'columns to omit from the features'
complete -c bayes-train -s w -l weights -x -a '(__likely_bayes_train_columns)' -d 'column of weights: a row of weight 2 counts as two rows; fractions are allowed'
complete -c bayes-train -l fweights -x -a '(__likely_bayes_train_columns)' -d 'column of whole frequencies: a row of frequency 2 is two rows'
complete -c bayes-train -l aweights -x -a '(__likely_bayes_train_columns)' -d 'column of relative weights, scaled to sum to the number of rows'
complete -c bayes-train -l missing -x -a 'error\t"the first missing value is an error" skip\t"skip such rows"' -d 'treatment of rows with missing values'
complete -c bayes-train -l fold -x -d 'train on all rows except those of fold k of K'
complete -c bayes-train -l key -x -a '(__fish_append , (__likely_bayes_train_columns))' -d 'keep rows with the same values of COLUMNS in the same fold'
complete -c bayes-train -l categorical -x -a '(__fish_append , (__likely_bayes_train_columns))' -d 'numeric columns to treat as categories; text columns are categories'
complete -c bayes-train -l pseudo-count -x -d 'add N to the count of each level of each category in each class'
complete -c bayes-train -l variance-floor -x -d 'smallest variance in a class, as a fraction of the column\'s variance over all rows'
complete -c bayes-train -l input -x -a 'auto\t"detected from the first record" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by blanks" svm\t"svmlight: a label and INDEX:VALUE fields" jsonl\t"JSON Lines: an object on each line"' -d 'format of the input'
complete -c bayes-train -l header -x -a 'auto\t"yes if no field of the first record is a number" yes\t"the first record names the columns" no\t"columns are named 1, 2, 3, ..."' -d 'whether the first record names the columns'
complete -c bayes-train -s d -l delimiter -x -d 'separator of the fields of CSV input; default: detected'
complete -c bayes-train -l quote -x -a none -d 'quote around fields, or none if quotes are text; default: "'
complete -c bayes-train -l escape -x -a 'auto\t"detected; doubled where in doubt" double\t"as two quotes" backslash\t"behind a backslash"' -d 'how a quote is written within quotes'
complete -c bayes-train -l comment -x -d 'skip lines that begin with one of CHARS; default: none'
complete -c bayes-train -l encoding -x -a 'auto\t"detected" utf-8\t"UTF-8, and bytes of any kind as they are" utf-16le\t"UTF-16, little-endian" utf-16be\t"UTF-16, big-endian" latin1\t"Latin-1 with the characters of Windows-1252"' -d 'encoding of the text'
complete -c bayes-train -l skip-lines -x -d 'lines to skip at the head of every file; default: none'
complete -c bayes-train -l ragged -x -a 'auto\t"pad if there are few of them at the head of the file, else error" error\t"the first such record is an error" pad\t"fill short records with missing values" drop\t"leave such records out"' -d 'treatment of records with fewer or more fields than the header'
complete -c bayes-train -l na -x -d 'words that mark a missing value, besides the empty field; default: NA,N/A,n/a,#N/A,<NA>,NaN,nan,-nan,null,NULL,?; among numbers also None,.,-'
complete -c bayes-train -l not-numbers -x -a 'error\t"the first such value is an error" missing\t"such values are missing, and counted in a notice"' -d 'treatment of text in a column of numbers'
complete -c bayes-train -l names -x -d 'names of the columns, comma-separated, for rows without a header'
complete -c bayes-train -s o -l output -r -F -d 'write the model to FILE, which is complete or not created'
complete -c bayes-train -s j -l threads -x -d 'number of threads; the result does not depend on it; default: the CPUs'
complete -c bayes-train -l seed -x -d 'seed of the random numbers'
complete -c bayes-train -s q -l quiet -d 'write no notices to standard error'
complete -c bayes-train -s v -l verbose -d 'write details of the work to standard error'
complete -c bayes-train -s h -l help -d 'show this help'
complete -c bayes-train -s V -l version -d 'show the version'
