#ifndef LIKELY_BASE_STATUS_H
#define LIKELY_BASE_STATUS_H

/* The result of a library function. Every value except STATUS_OK comes with a filled struct err. */
enum status {
    STATUS_OK = 0,
    STATUS_DATA,        /* the input is invalid: its file, line and column are in the error */
    STATUS_IO,          /* the system refused a read or a write */
    STATUS_USAGE,       /* the request is invalid, whatever the input */
    STATUS_UNCONVERGED, /* there is a result, but the optimiser did not reach its tolerance */
};

#endif
