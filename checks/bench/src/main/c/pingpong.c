/*
 * The floor under every round trip: two processes, one stream socket, blocking send and recv.
 * usage: pingpong <unix|tcp> <bytes> <rounds>; prints nanoseconds: median min max p99
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void fail(const char *call)
{
    perror(call);
    exit(1);
}

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int move_all(int fd, char *bytes, size_t size, int sending)
{
    size_t done = 0;
    while (done < size) {
        ssize_t count = sending ? send(fd, bytes + done, size - done, MSG_NOSIGNAL)
                                : recv(fd, bytes + done, size - done, 0);
        if (count <= 0)
            return -1;
        done += (size_t)count;
    }
    return 0;
}

static void tcp_pair(int pair[2])
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    int one = 1;
    int listening = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (listening < 0 || bind(listening, (struct sockaddr *)&address, length) < 0
        || listen(listening, 1) < 0
        || getsockname(listening, (struct sockaddr *)&address, &length) < 0)
        fail("listen");
    pair[0] = socket(AF_INET, SOCK_STREAM, 0);
    if (pair[0] < 0 || connect(pair[0], (struct sockaddr *)&address, length) < 0)
        fail("connect");
    pair[1] = accept(listening, NULL, NULL);
    if (pair[1] < 0)
        fail("accept");
    close(listening);
    for (int side = 0; side < 2; side++)
        setsockopt(pair[side], IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

static int compare(const void *left, const void *right)
{
    int64_t difference = *(const int64_t *)left - *(const int64_t *)right;
    return (difference > 0) - (difference < 0);
}

static void echo(int fd, char *bytes, size_t size)
{
    while (move_all(fd, bytes, size, 0) == 0 && move_all(fd, bytes, size, 1) == 0)
        ;
    _exit(0);
}

int main(int count, char **arguments)
{
    if (count != 4) {
        fprintf(stderr, "usage: pingpong <unix|tcp> <bytes> <rounds>\n");
        return 2;
    }
    size_t size = strtoul(arguments[2], NULL, 10);
    long rounds = strtol(arguments[3], NULL, 10);
    char *bytes = calloc(1, size);
    int64_t *nanos = calloc((size_t)rounds, sizeof *nanos);
    int pair[2];
    if (size == 0 || rounds <= 0 || bytes == NULL || nanos == NULL)
        return 2;
    if (strcmp(arguments[1], "tcp") == 0)
        tcp_pair(pair);
    else if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
        fail("socketpair");
    pid_t child = fork();
    if (child < 0)
        fail("fork");
    if (child == 0) {
        close(pair[0]);
        echo(pair[1], bytes, size);
    }
    close(pair[1]);
    for (long round = -rounds / 10; round < rounds; round++) {
        int64_t begin = now();
        if (move_all(pair[0], bytes, size, 1) < 0 || move_all(pair[0], bytes, size, 0) < 0)
            fail("round trip");
        if (round >= 0)
            nanos[round] = now() - begin;
    }
    close(pair[0]);
    waitpid(child, NULL, 0);
    qsort(nanos, (size_t)rounds, sizeof *nanos, compare);
    printf("%lld %lld %lld %lld\n", (long long)nanos[rounds / 2], (long long)nanos[0],
           (long long)nanos[rounds - 1], (long long)nanos[rounds * 99 / 100]);
    return 0;
}
