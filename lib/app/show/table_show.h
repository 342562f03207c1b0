#ifndef LIKELY_APP_SHOW_TABLE_SHOW_H
#define LIKELY_APP_SHOW_TABLE_SHOW_H

#include "cli/command.h"

#include <stdbool.h>
#include <stddef.h>

struct table_show_settings {
    const char *columns; /* -x, NULL = all */
    size_t head;         /* 0 = all rows */
    bool summary, dialect;
    const char *path;
    int to; /* enum out_format */
    struct split_settings split;
    struct input_settings input;
    struct general_settings general;
};

/* What table-show does, from reading its operands to writing its result. */
enum status table_show_run(const struct table_show_settings *settings, const struct invocation *run, struct err *err);

#endif
