# Completion of mle-location for fish, made from its option table; do not edit.

function __likely_mle_location_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c mle-location -s l -l loss -x -a '(__fish_append , l2 l1 huber:DELTA trimmed:P)' -d 'loss to minimise'
complete -c mle-location -s x -l columns -x -a '(__fish_append , (__likely_mle_location_columns))' -d 'columns to fit; default: all numeric columns'
complete -c mle-location -s g -l by -x -a '(__fish_append , (__likely_mle_location_columns))' -d 'fit the rows of each combination of values of COLUMNS separately'
complete -c mle-location -s w -l weights -x -a '(__likely_mle_location_columns)' -d 'column of weights: a row of weight 2 counts as two rows'
complete -c mle-location -l aweights -x -a '(__likely_mle_location_columns)' -d 'column of relative weights, of which only the ratios matter'
complete -c mle-location -l influence -x -d 'tabulate mean loss and derivative at N constants from the smallest to the largest value instead'
complete -c mle-location -l input -x -a 'auto\t"detected" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by blanks" svm\t"svmlight: a label and INDEX:VALUE fields" jsonl\t"JSON Lines: an object on each line"' -d 'format of the input'
complete -c mle-location -l header -x -a 'auto\t"detected by the types of the columns" yes\t"the first record names the columns" no\t"columns are named 1, 2, 3, ..."' -d 'whether the first record names the columns'
complete -c mle-location -l header-lines -x -d 'header lines, whose texts are joined to names; default: detected'
complete -c mle-location -l footer-lines -x -d 'lines to skip at the end of every file; default: detected'
complete -c mle-location -s d -l delimiter -x -d 'separator of the fields of CSV input; default: detected'
complete -c mle-location -l quote -x -a none -d 'quote around fields, or none if quotes are text; default: "'
complete -c mle-location -l escape -x -a 'auto\t"detected; doubled where in doubt" double\t"as two quotes" backslash\t"behind a backslash"' -d 'how a quote is written within quotes'
complete -c mle-location -l comment -x -d 'skip lines that begin with one of CHARS; default: none'
complete -c mle-location -l encoding -x -a 'auto\t"detected" utf-8\t"UTF-8, and bytes of any kind as they are" utf-16le\t"UTF-16, little-endian" utf-16be\t"UTF-16, big-endian" latin1\t"Latin-1 with the characters of Windows-1252"' -d 'encoding of the text'
complete -c mle-location -l skip-lines -x -d 'lines to skip at the head of every file; default: none'
complete -c mle-location -l decimal -x -d 'decimal mark of numbers; default: a point'
complete -c mle-location -l thousands -x -a none -d 'mark between groups of three digits of numbers; default: none'
complete -c mle-location -l number-signs -x -a 'auto\t"detected; kept where in doubt" keep\t"the field is text" drop\t"drop the sign, and read 12 % as 12"' -d 'treatment of numbers with the sign of a currency or per cent'
complete -c mle-location -l ragged -x -a 'auto\t"pad if there are few of them at the head of the file, else error" error\t"the first such record is an error" pad\t"fill short records with missing values" drop\t"leave such records out"' -d 'treatment of records with fewer or more fields than the header'
complete -c mle-location -l na -x -d 'words that mark a missing value, besides the empty field; default: NA,N/A,n/a,#N/A,<NA>,NaN,nan,-nan,null,NULL,?; among numbers also None,.,-'
complete -c mle-location -l not-numbers -x -a 'error\t"the first such value is an error" missing\t"such values are missing, and counted in a notice"' -d 'treatment of text in a column of numbers'
complete -c mle-location -l names -x -d 'names of the columns, comma-separated, for rows without a header'
complete -c mle-location -s o -l output -r -F -d 'write the result to FILE, which is complete or not created'
complete -c mle-location -l to -x -a 'csv\t"comma-separated values" tsv\t"tab-separated values" json\t"an array of objects" table\t"aligned columns for reading"' -d 'format of the result'
complete -c mle-location -l precision -x -d 'significant digits of numbers; default: the fewest that read back to the same number'
complete -c mle-location -s j -l threads -x -d 'number of threads; the result does not depend on it; default: the CPUs'
complete -c mle-location -l seed -x -d 'seed of the random numbers'
complete -c mle-location -s q -l quiet -d 'write no notices to standard error'
complete -c mle-location -s v -l verbose -d 'write details of the work to standard error'
complete -c mle-location -s h -l help -d 'show this help'
complete -c mle-location -s V -l version -d 'show the version'
