/* Recognises svmlight text on the evidence of many lines.
 *
 * 1. look_at_line: whether a line is LABEL INDEX:VALUE ...; of a pair whether it could be a time of day.
 * 2. svm_look: the first line is one, and so are most lines; and some line has another shape than "x 12:30", where a
 *    table with a column of times or of ratios is more likely. */

#include "data/table/svm_look.h"

#include "data/table/svm.h"
#include "text/number.h"

enum { LINES = 1000 };

struct svm_shape {
    size_t pairs;    /* 0: the line is none of svmlight, unless it is a label alone */
    bool has_number; /* the label is a number */
    bool has_time;   /* all pairs could be times of day */
    bool is_bad;     /* a field is no pair, or indexes do not ascend */
    bool is_blank;   /* nor has it a label */
};

/* H:MM or HH:MM. */
static bool is_time(struct slice field, size_t colon, uint64_t hour)
{
    return colon <= 2 && hour < 25 && field.n == colon + 3 && field.p[colon + 1] >= '0' && field.p[colon + 1] <= '5';
}

/* Adds a field behind the label; *last: the index of the one before it. */
static void look_at_field(struct svm_shape *shape, struct slice field, uint64_t *last)
{
    size_t i = 0;
    uint64_t index = 0;
    double value;
    if (field.n > 4 && memcmp(field.p, "qid:", 4) == 0)
        return;
    for (; i < field.n && (unsigned char)(field.p[i] - '0') <= 9 && index <= SVM_COLUMNS_MAX; i++)
        index = index * 10 + (uint64_t)(field.p[i] - '0');
    bool is_pair = i > 0 && i < field.n && field.p[i] == ':' && index > *last && index <= SVM_COLUMNS_MAX &&
                   number_parse((struct slice){field.p + i + 1, field.n - i - 1}, &value);
    shape->is_bad |= !is_pair;
    shape->has_time &= is_time(field, i, index);
    shape->pairs++;
    *last = index;
}

static struct svm_shape look_at_line(struct slice line)
{
    struct svm_shape shape = {.has_time = true, .is_blank = true};
    uint64_t last = 0;
    double label;
    for (size_t i = 0; i < line.n && line.p[i] != '#';) {
        size_t begin = i;
        while (i < line.n && line.p[i] != ' ' && line.p[i] != '\t' && line.p[i] != '\r' && line.p[i] != '#')
            i++;
        struct slice field = {line.p + begin, i - begin};
        if (field.n > 0 && shape.is_blank)
            shape.has_number = number_parse(field, &label);
        else if (field.n > 0)
            look_at_field(&shape, field, &last);
        shape.is_blank &= field.n == 0;
        i += i < line.n && line.p[i] != '#';
    }
    return shape;
}

bool svm_look(struct slice head)
{
    size_t lines = 0, good = 0, sure = 0;
    for (size_t begin = 0; begin < head.n && lines < LINES;) {
        const char *lf = memchr(head.p + begin, '\n', head.n - begin);
        size_t end = lf != NULL ? (size_t)(lf - head.p) : head.n;
        struct svm_shape shape = look_at_line((struct slice){head.p + begin, end - begin});
        begin = end + 1;
        if (shape.is_blank)
            continue;
        if (lf == NULL && lines > 0)
            break;
        if (lines == 0 && (shape.pairs == 0 || shape.is_bad))
            return false;
        lines++;
        good += !shape.is_bad;
        sure += !shape.is_bad && (shape.has_number ? shape.pairs > 0 && !shape.has_time : shape.pairs > 1);
    }
    return sure > 0 && good >= lines - lines / 2;
}
