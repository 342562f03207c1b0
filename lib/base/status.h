#ifndef LIKELY_BASE_STATUS_H
#define LIKELY_BASE_STATUS_H

/* What a library function says of its work; everything but STATUS_OK comes with a filled struct err. */
enum status {
    STATUS_OK = 0,
    STATUS_DATA,        /* the input is bad: its file, line and column are in the error */
    STATUS_IO,          /* the system refused a read or a write */
    STATUS_USAGE,       /* the request itself makes no sense */
    STATUS_UNCONVERGED, /* a result stands, but the optimiser did not reach its tolerance */
};

#endif
