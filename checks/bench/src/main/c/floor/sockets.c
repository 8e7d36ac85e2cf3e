#include "floor.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* For experiments, by RFC 3692. */
#define EXPERIMENTAL_PROTOCOL 253

int move_all(int fd, char *bytes, size_t size, int sending)
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

static struct sockaddr_in loopback(uint32_t host)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + host);
    return address;
}

static void open_tcp(int pair[2])
{
    struct sockaddr_in address = loopback(0);
    socklen_t length = sizeof address;
    int one = 1;
    int listening = socket(AF_INET, SOCK_STREAM, 0);
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

/* Each side has an address of its own, so that raw sockets do not hear themselves. */
static void open_datagram(int pair[2], int type, int protocol)
{
    struct sockaddr_in address[2];
    for (uint32_t side = 0; side < 2; side++) {
        socklen_t length = sizeof address[side];
        address[side] = loopback(side);
        pair[side] = socket(AF_INET, type, protocol);
        if (pair[side] < 0)
            fail("socket");
        if (bind(pair[side], (struct sockaddr *)&address[side], length) < 0
            || getsockname(pair[side], (struct sockaddr *)&address[side], &length) < 0)
            fail("bind");
    }
    for (int side = 0; side < 2; side++)
        if (connect(pair[side], (struct sockaddr *)&address[1 - side], sizeof address[0]) < 0)
            fail("connect");
}

int open_pair(const char *kind, int pair[2])
{
    if (strcmp(kind, "tcp") == 0)
        open_tcp(pair);
    else if (strcmp(kind, "udp") == 0)
        open_datagram(pair, SOCK_DGRAM, 0);
    else if (strcmp(kind, "ip") == 0)
        open_datagram(pair, SOCK_RAW, EXPERIMENTAL_PROTOCOL);
    else if (strcmp(kind, "unix") != 0)
        return -1;
    else if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
        fail("socketpair");
    return 0;
}
