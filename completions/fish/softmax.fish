# Completion of softmax for fish, made from its option table; do not edit.

function __likely_softmax_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c softmax -s x -l columns -x -a '(__fish_append , (__likely_softmax_columns))' -d 'score columns; default: all numeric columns'
complete -c softmax -l log -d 'write natural logarithms of the probabilities, as columns logp_nats_NAME'
complete -c softmax -l sigmoid -d 'apply 1 / (1 + exp(-score)) to each score separately'
complete -c softmax -s T -l temperature -x -d 'divide the scores by T first'
complete -c softmax -l argmax -d 'add the name of the largest score, as a column \'predicted\''
complete -c softmax -l missing -x -a 'error\t"the first missing value is an error" skip\t"skip such rows"' -d 'treatment of rows with missing scores; skip leaves their new columns empty'
complete -c softmax -l input -x -a 'auto\t"detected" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by blanks" svm\t"svmlight: a label and INDEX:VALUE fields" jsonl\t"JSON Lines: an object on each line"' -d 'format of the input'
complete -c softmax -l header -x -a 'auto\t"detected by the types of the columns" yes\t"the first record names the columns" no\t"columns are named 1, 2, 3, ..."' -d 'whether the first record names the columns'
complete -c softmax -l header-lines -x -d 'header lines, whose texts are joined to names; default: detected'
complete -c softmax -l footer-lines -x -d 'lines to skip at the end of every file; default: detected'
complete -c softmax -s d -l delimiter -x -d 'separator of the fields of CSV input; default: detected'
complete -c softmax -l quote -x -a none -d 'quote around fields, or none if quotes are text; default: "'
complete -c softmax -l escape -x -a 'auto\t"detected; doubled where in doubt" double\t"as two quotes" backslash\t"behind a backslash"' -d 'how a quote is written within quotes'
complete -c softmax -l comment -x -d 'skip lines that begin with one of CHARS; default: none'
complete -c softmax -l encoding -x -a 'auto\t"detected" utf-8\t"UTF-8, and bytes of any kind as they are" utf-16le\t"UTF-16, little-endian" utf-16be\t"UTF-16, big-endian" latin1\t"Latin-1 with the characters of Windows-1252"' -d 'encoding of the text'
complete -c softmax -l skip-lines -x -d 'lines to skip at the head of every file; default: none'
complete -c softmax -l decimal -x -d 'decimal mark of numbers; default: a point'
complete -c softmax -l thousands -x -a none -d 'mark between groups of three digits of numbers; default: none'
complete -c softmax -l number-signs -x -a 'auto\t"detected; kept where in doubt" keep\t"the field is text" drop\t"drop the sign, and read 12 % as 12"' -d 'treatment of numbers with the sign of a currency or per cent'
complete -c softmax -l ragged -x -a 'auto\t"pad if there are few of them at the head of the file, else error" error\t"the first such record is an error" pad\t"fill short records with missing values" drop\t"leave such records out"' -d 'treatment of records with fewer or more fields than the header'
complete -c softmax -l na -x -d 'words that mark a missing value, besides the empty field; default: NA,N/A,n/a,#N/A,<NA>,NaN,nan,-nan,null,NULL,?; among numbers also None,.,-'
complete -c softmax -l not-numbers -x -a 'error\t"the first such value is an error" missing\t"such values are missing, and counted in a notice"' -d 'treatment of text in a column of numbers'
complete -c softmax -l names -x -d 'names of the columns, comma-separated, for rows without a header'
complete -c softmax -s o -l output -r -F -d 'write the result to FILE, which is complete or not created'
complete -c softmax -l precision -x -d 'significant digits of numbers; default: the fewest that read back to the same number'
complete -c softmax -s j -l threads -x -d 'number of threads; the result does not depend on it; default: the CPUs'
complete -c softmax -l seed -x -d 'seed of the random numbers'
complete -c softmax -s q -l quiet -d 'write no notices to standard error'
complete -c softmax -s v -l verbose -d 'write details of the work to standard error'
complete -c softmax -s h -l help -d 'show this help'
complete -c softmax -s V -l version -d 'show the version'
