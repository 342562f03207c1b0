/* Numbers with decimal commas, marks and signs: their values, their plain text, many at once, and what they are not. */

#include "data/table/number_text.h"

#include "test.h"
#include "text/number.h"

static const struct dialect german = {.decimal = ',', .thousands = '.', .signs = DIALECT_SIGNS_DROP};
static const struct dialect swiss = {.thousands = '\''};
static const struct dialect comma = {.decimal = ','};

static const struct {
    const struct dialect *dialect;
    const char *text, *plain; /* NULL: no number */
} examples[] = {
    {&german, "1.234.567,8", "1234567.8"},
    {&german, "999", "999"},
    {&german, "-1.000", "-1000"},
    {&german, "+5,", "+5."},
    {&german, ",5", ".5"},
    {&german, "1,5e3", "1.5e3"},
    {&german, "12,5 %", "12.5"},
    {&german, "$ 5", "5"},
    {&german, "-$5", "-5"},
    {&german, "$-5", "-5"},
    {&german, "(1.000,50)", "-1000.50"},
    {&german, "5\xe2\x82\xac", "5"},
    {&german,
     "\xc2\xa3"
     "5",
     "5"},
    {&german,
     "\xe2\x88\x92"
     "5",
     "-5"},
    {&german, "inf", "inf"},
    {&german, "1.23.4", NULL},
    {&german, "0.123", NULL},
    {&german, "1234.567", NULL},
    {&german, "1.5", NULL},
    {&german, "1,234.5", NULL},
    {&german, "5%5", NULL},
    {&german, "$5$", NULL},
    {&german, "--5", NULL},
    {&german, "(-5)", NULL},
    {&german, "()", NULL},
    {&german, "%", NULL},
    {&german, "", NULL},
    {&german, "-", NULL},
    {&swiss, "1'234'567.25", "1234567.25"},
    {&swiss,
     "1\xe2\x80\x99"
     "234",
     "1234"},
    {&swiss, "1'23", NULL},
    {&swiss, "5%", NULL},
    {&comma, "2,5", "2.5"},
    {&comma, "2.5", NULL},
    {&comma, "1.000", NULL},
    {&comma, "1,5,2", NULL},
    {&comma, "123456789012345678901234567890,5", "123456789012345678901234567890.5"},
};

static void reads_one(void)
{
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct number_text numbers = number_text_of(examples[i].dialect);
        struct slice text = slice_of(examples[i].text);
        char memory[64];
        double value = 7, wanted = 7;
        bool is_number = number_text_parse(&numbers, text, &value);
        CHECK(is_number == (examples[i].plain != NULL), "'%s' is%s a number", text.p, is_number ? "" : " not");
        if (is_number != (examples[i].plain != NULL))
            continue;
        struct slice plain = number_text_plain(&numbers, text, memory);
        CHECK(slice_equal(plain, is_number ? slice_of(examples[i].plain) : text), "'%s' became '%.*s'", text.p,
              (int)plain.n, plain.p);
        if (examples[i].plain != NULL)
            number_parse(slice_of(examples[i].plain), &wanted);
        CHECK(value == wanted, "'%s'", text.p);
    }
}

/* All examples of a dialect in one text, with bytes that may be read around it. */
static void reads_many(const struct dialect *dialect)
{
    enum { N = sizeof examples / sizeof *examples };
    static char text[4096];
    static struct number_text_batch batch;
    uint32_t begin[N], end[N];
    double value, one;
    size_t n = 0, at = 64;
    memset(text, ',', sizeof text);
    for (size_t i = 0; i < N; i++) {
        if (examples[i].dialect != dialect)
            continue;
        size_t length = strlen(examples[i].text);
        memcpy(text + at, examples[i].text, length);
        begin[n] = (uint32_t)at;
        end[n++] = (uint32_t)(at += length);
    }
    struct number_text numbers = number_text_of(dialect);
    number_text_gather(&numbers, text, begin, end, n, 1, &batch);
    for (size_t i = 0; i < n; i++) {
        struct slice field = {text + begin[i], end[i] - begin[i]};
        bool is_number = number_text_parse(&numbers, field, &one);
        bool is_read = number_parse_batch(batch.text, batch.begin + i, batch.end + i, 1, 1, &value, 1) == 1;
        CHECK(!is_read || (is_number && value == one), "field %zu", i);
        bool is_simple = is_number && field.n < NUMBER_TEXT_WIDTH && field.p[0] != 'i' && field.p[0] != '\xe2';
        CHECK(is_read || !is_simple, "field %zu", i);
    }
}

static void names_causes(void)
{
    struct number_text plain = number_text_of(&(struct dialect){0}), with_comma = number_text_of(&comma);
    CHECK(number_text_cause(&plain, slice_of("1,5")) == ERR_DECIMAL_COMMA);
    CHECK(number_text_cause(&plain, slice_of("1,500")) == ERR_COMMA);
    CHECK(number_text_cause(&plain, slice_of("1,500.5")) == ERR_THOUSANDS);
    CHECK(number_text_cause(&plain, slice_of("1'500")) == ERR_THOUSANDS);
    CHECK(number_text_cause(&plain, slice_of("$1,500.5")) == ERR_THOUSANDS);
    CHECK(number_text_cause(&plain, slice_of("$5")) == ERR_NUMBER_SIGN);
    CHECK(number_text_cause(&plain, slice_of("x")) == ERR_NO_REMEDY);
    CHECK(number_text_cause(&plain, slice_of("")) == ERR_NO_REMEDY);
    CHECK(number_text_cause(&with_comma, slice_of("1.5")) == ERR_NO_REMEDY);
    CHECK(number_text_cause(&with_comma, slice_of("1.500")) == ERR_THOUSANDS);
}

int main(void)
{
    reads_one();
    reads_many(&german);
    reads_many(&swiss);
    reads_many(&comma);
    names_causes();
    return test_report("number_text");
}
