# Completion of mle-plot for fish, made from its option table; do not edit.

function __likely_mle_plot_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c mle-plot -s k -l kind -x -a 'trace\t"learning curves: losses of the traces that trainers write" gauss\t"a column\'s histogram under its Gaussian fit" fit\t"what a model of one column predicts, over the rows" boundary\t"the classes that a model of two columns predicts, and the rows" roc\t"true against false positives of predictions, and the area under the curve" reliability\t"how often what is predicted with a probability comes true" weights\t"weights of a linear model\'s classes, or of a network\'s first layer, as tiles"' -d 'what to draw'
complete -c mle-plot -s m -l model -r -F -d 'the model to draw; - is standard input'
complete -c mle-plot -s x -l features -x -a '(__likely_mle_plot_columns)' -d 'the column along the axis; of a trace, without it, the first'
complete -c mle-plot -s y -l values -x -a '(__fish_append , (__likely_mle_plot_columns))' -d 'the columns of a trace to draw; without it its losses'
complete -c mle-plot -s t -l target -x -a '(__likely_mle_plot_columns)' -d 'the column of what was to be predicted; without it that of the model'
complete -c mle-plot -s p -l predictions -x -a '(__fish_append , (__likely_mle_plot_columns))' -d 'columns of predictions, a curve for each; without it p_* or logit_*'
complete -c mle-plot -l positive -x -d 'the target\'s label that predictions are for; without it what the name p_LABEL says, or 1'
complete -c mle-plot -s g -l by -x -a '(__likely_mle_plot_columns)' -d 'draw the rows of each value of COLUMN separately'
complete -c mle-plot -s w -l weights -x -a '(__likely_mle_plot_columns)' -d 'how often each row counts'
complete -c mle-plot -l fit -r -F -d 'what mle-gauss has written about the column, to be drawn over its histogram; without it the most likely Gaussian'
complete -c mle-plot -l bins -x -d 'number of bins; without it what suits the values of a histogram, else 10'
complete -c mle-plot -l grid -x -d 'points each way at which a boundary asks the model; without it 200'
complete -c mle-plot -l tile -x -d 'weights in a row of a tile; without it as many as make it a square, else all'
complete -c mle-plot -l confidence -x -d 'level of the intervals that are drawn'
complete -c mle-plot -l input -x -a 'auto\t"what the first record shows" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by runs of blanks" svm\t"svmlight: a label and INDEX:VALUE fields"' -d 'format of the input'
complete -c mle-plot -l header -x -a 'auto\t"yes when no field of the first record is a number" yes\t"the first record names the columns" no\t"columns are called 1, 2, 3"' -d 'whether the first record names the columns'
complete -c mle-plot -s d -l delimiter -x -d 'what separates the fields of CSV input'
complete -c mle-plot -l na -x -d 'words that mean a missing value, as an empty field does'
complete -c mle-plot -s o -l output -r -F -d 'write the picture to FILE, all of it or nothing'
complete -c mle-plot -l to -x -a 'auto\t"by the suffix of the file, without one text" text\t"characters, for terminals" svg\t"vector graphics" png\t"pixels" csv\t"the numbers that would be drawn"' -d 'format of the picture'
complete -c mle-plot -l size -x -d 'size of the picture in pixels, of text in characters; without it 800x560, or as wide as the terminal'
complete -c mle-plot -l precision -x -d 'significant digits of the numbers of --to csv; without it as many as read back to the same number'
complete -c mle-plot -l log -x -a 'none\t"no axis" x\t"the one along" y\t"the one up" xy\t"both"' -d 'axes of a trace or fit with a logarithmic scale'
complete -c mle-plot -l title -x -d 'a title above the picture'
complete -c mle-plot -l x-label -x -d 'what the axis along is called, with its unit; without it as the column'
complete -c mle-plot -l y-label -x -d 'what the axis up is called, with its unit'
complete -c mle-plot -s j -l threads -x -d 'threads to use; the result does not depend on it'
complete -c mle-plot -l seed -x -d 'seed of everything random'
complete -c mle-plot -s q -l quiet -d 'no notices on standard error'
complete -c mle-plot -s v -l verbose -d 'say on standard error what is done'
complete -c mle-plot -l help -d 'show this help'
complete -c mle-plot -l version -d 'show the version'
