#include "floor.h"

#include <netinet/ip.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_SAMPLES ((size_t)8 << 20)
#define WARM_PARTS 10

/* One side of whatever lies between the two processes. */
struct side {
    int fd;
    int is_datagram;
    struct ring *in, *out;
    char *bytes;
    size_t size;
};

static int side_send(struct side *side)
{
    if (side->out != NULL)
        ring_write(side->out, side->bytes, side->size);
    else
        return move_all(side->fd, side->bytes, side->size, 1);
    return 0;
}

static int side_receive(struct side *side)
{
    if (side->in != NULL)
        return ring_read(side->in, side->bytes) == side->size ? 0 : -1;
    if (side->is_datagram)
        return recv(side->fd, side->bytes, side->size + sizeof(struct iphdr), 0) > 0 ? 0 : -1;
    return move_all(side->fd, side->bytes, side->size, 0);
}

/* Ends with the connection; whoever answers by a ring is ended by a message of another size. */
static void answer(struct side *side)
{
    while (side_receive(side) == 0 && side_send(side) == 0)
        ;
    _exit(0);
}

static void end_answering(struct side *side, pid_t child)
{
    if (side->out != NULL)
        ring_write(side->out, side->bytes, 1);
    else if (side->is_datagram)
        send(side->fd, side->bytes, 0, 0);
    shutdown(side->fd, SHUT_RDWR);
    close(side->fd);
    if (waitpid(child, NULL, 0) < 0)
        fail("waitpid");
}

static int compare(const void *left, const void *right)
{
    int64_t difference = *(const int64_t *)left - *(const int64_t *)right;
    return (difference > 0) - (difference < 0);
}

static size_t ask(struct side *side, int64_t *nanos, int64_t millis)
{
    int64_t measured_from = now() + millis * 1000000 / WARM_PARTS;
    int64_t end = measured_from + millis * 1000000;
    size_t count = 0;
    for (int64_t begin = now(); begin < end && count < MAX_SAMPLES; begin = now()) {
        if (side_send(side) < 0 || side_receive(side) < 0)
            fail("round trip");
        if (begin >= measured_from)
            nanos[count++] = now() - begin;
    }
    return count;
}

static void open_sides(const char *kind, struct side sides[2])
{
    int pair[2] = {-1, -1};
    if (strcmp(kind, "ring") == 0) {
        sides[0].in = sides[1].out = ring_create();
        sides[1].in = sides[0].out = ring_create();
    } else if (open_pair(kind, pair) < 0) {
        fprintf(stderr, "no such kind of connection: kind=%s\n", kind);
        exit(2);
    }
    for (int side = 0; side < 2; side++) {
        sides[side].fd = pair[side];
        sides[side].is_datagram = strcmp(kind, "udp") == 0 || strcmp(kind, "ip") == 0;
    }
}

void measure_round_trips(const char *kind, struct work work)
{
    struct side sides[2] = {{.fd = -1}, {.fd = -1}};
    int64_t *nanos = calloc(MAX_SAMPLES, sizeof *nanos);
    open_sides(kind, sides);
    for (int side = 0; side < 2; side++) {
        sides[side].size = work.size;
        sides[side].bytes = calloc(1, work.size + sizeof(struct iphdr));
    }
    if (nanos == NULL || sides[0].bytes == NULL || sides[1].bytes == NULL)
        fail("calloc");
    pid_t child = fork();
    if (child < 0)
        fail("fork");
    if (child == 0) {
        close(sides[0].fd);
        answer(&sides[1]);
    }
    close(sides[1].fd);
    size_t count = ask(&sides[0], nanos, work.millis);
    end_answering(&sides[0], child);
    if (count == 0)
        fail("no round trip");
    /* Of the warm-up, too, whose share is known. */
    double cpu = (double)used_nanos() * WARM_PARTS / (WARM_PARTS + 1) / (double)count;
    qsort(nanos, count, sizeof *nanos, compare);
    printf("{\"P50\": %.3f, \"P99\": %.3f, \"P999\": %.3f, \"CPU\": %.4f}\n",
           (double)nanos[count / 2] / 1e3, (double)nanos[count * 99 / 100] / 1e3,
           (double)nanos[count * 999 / 1000] / 1e3, cpu / 1e3);
}
