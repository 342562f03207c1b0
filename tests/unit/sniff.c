/* Format, delimiter and header guessed from the first record, held against answers written by hand. */

#include "data/table/sniff.h"

#include "test.h"

static bool shows(const char *head, enum dialect_format format, char delimiter)
{
    struct dialect found = sniff_dialect(slice_of(head), &(struct dialect){0});
    return found.format == (int)format && (format == DIALECT_TEXT || found.delimiter == delimiter);
}

static void test_what_the_first_record_shows(void)
{
    CHECK(shows("a,b\n1,2\n", DIALECT_CSV, ',') && shows("a;b\n1;2\n", DIALECT_CSV, ';') &&
          shows("a\tb\n", DIALECT_TSV, '\t'));
    CHECK(shows("a b\n1 2\n", DIALECT_TEXT, 0) && shows("a   b", DIALECT_TEXT, 0) && shows("a\n1\n", DIALECT_CSV, ','));
    CHECK(shows("a,b;c d\te\n", DIALECT_TSV, '\t'), "a tab comes first");
    CHECK(shows("a;b,c d\n", DIALECT_CSV, ','), "then a comma");
    CHECK(shows("a b;c d\n", DIALECT_CSV, ';'), "then a semicolon");
    CHECK(shows("", DIALECT_CSV, ',') && shows("\n\n", DIALECT_CSV, ','));
}

static void test_where_the_first_record_is(void)
{
    CHECK(shows("a\n1,2\n", DIALECT_CSV, ',') && shows("a b\n1,2\n", DIALECT_TEXT, 0), "later records do not count");
    CHECK(shows("\n\r\n\na;b\n", DIALECT_CSV, ';'), "empty lines are passed over");
    CHECK(shows("   \n \na b\n1 2\n", DIALECT_TEXT, 0), "so are lines of blanks");
    CHECK(shows("  a  \n1 2\n", DIALECT_CSV, ','), "blanks around the only field are none between fields");
    CHECK(shows("a b\rc,d\r", DIALECT_TEXT, 0), "a carriage return ends it");
}

static void test_quotes(void)
{
    CHECK(shows("\"a,b\";c\n", DIALECT_CSV, ';') && shows("\"a\tb\",c\n", DIALECT_CSV, ','));
    CHECK(shows("\"a\nb\",c\n1\t2\n", DIALECT_CSV, ','), "a quoted line end does not end the record");
    CHECK(shows("\"a b\"\n", DIALECT_CSV, ',') && shows("\"a \"\"x\"\", b\"\n", DIALECT_CSV, ','));
}

/* What options give is not looked for. */
static void test_given_fields_stay(void)
{
    struct slice head = slice_of("a,b;c d\n1,2;3 4\n");
    struct dialect text = sniff_dialect(head, &(struct dialect){.format = DIALECT_TEXT, .na = "-"});
    CHECK(text.format == DIALECT_TEXT && text.delimiter == '\0' && strcmp(text.na, "-") == 0);
    struct dialect bars = sniff_dialect(head, &(struct dialect){.delimiter = '|', .header = DIALECT_HEADER_NO});
    CHECK(bars.format == DIALECT_CSV && bars.delimiter == '|' && bars.header == DIALECT_HEADER_NO);
    struct dialect blanks = sniff_dialect(head, &(struct dialect){.delimiter = ' '});
    CHECK(blanks.format == DIALECT_TEXT && blanks.delimiter == '\0');
    struct dialect tabs = sniff_dialect(head, &(struct dialect){.format = DIALECT_TSV});
    CHECK(tabs.format == DIALECT_TSV && tabs.delimiter == '\t');
    struct dialect semicolons = sniff_dialect(head, &(struct dialect){.format = DIALECT_CSV, .delimiter = ';'});
    CHECK(semicolons.format == DIALECT_CSV && semicolons.delimiter == ';');
}

int main(void)
{
    test_what_the_first_record_shows();
    test_where_the_first_record_is();
    test_quotes();
    test_given_fields_stay();
    return test_report("sniff");
}
