/*
 * usage: floor <roundtrip|oneway> <unix|tcp|udp|ip|ring> <bytes> <millis>
 *        floor records <batch> <bytes> <millis>
 * Prints figures as JSON.
 */
#include "floor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

void fail(const char *call)
{
    perror(call);
    exit(1);
}

int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int64_t nanos_of(struct timeval time)
{
    return (int64_t)time.tv_sec * 1000000000 + (int64_t)time.tv_usec * 1000;
}

int64_t used_nanos(void)
{
    struct rusage self, children;
    getrusage(RUSAGE_SELF, &self);
    getrusage(RUSAGE_CHILDREN, &children);
    return nanos_of(self.ru_utime) + nanos_of(self.ru_stime) + nanos_of(children.ru_utime)
        + nanos_of(children.ru_stime);
}

int main(int count, char **arguments)
{
    struct work work;
    if (count == 5) {
        work.size = strtoul(arguments[3], NULL, 10);
        work.millis = strtol(arguments[4], NULL, 10);
        if (work.size > 1 && work.size <= 1 << 20 && work.millis > 0) {
            if (strcmp(arguments[1], "roundtrip") == 0)
                measure_round_trips(arguments[2], work);
            else if (strcmp(arguments[1], "records") == 0)
                measure_records(strtoul(arguments[2], NULL, 10), work);
            else
                measure_one_way(arguments[2], work);
            return 0;
        }
    }
    fprintf(stderr, "usage: floor <roundtrip|oneway> <unix|tcp|udp|ip|ring> <bytes> <millis>\n"
                    "       floor records <batch> <bytes> <millis>\n");
    return 2;
}
