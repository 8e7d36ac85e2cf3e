/*
 * One end of a trial between two C programs with nothing between them and the kernel: barepeer
 * ping|pong|push|pull URL BYTES COUNT. Says what LinkTrial says, in the same words. Both ends look
 * again and again instead of sleeping. Datagrams are sent in the longest runs that the kernel cuts
 * (UDP_SEGMENT), and taken as it joins them (UDP_GRO); nothing is numbered, summed or sent again.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
  PACKET_SIZE = 1472,
  RUN_SIZE = 65000,
  RUN_COUNT = 64,
  CHUNK_SIZE = 65536,
  WINDOW_CHUNKS = 8,
  BUFFER_SIZE = 4 << 20,
  IP_HEADER_SIZE = 20,
  IP_PROTOCOL = 253,
  HELLO_MILLIS = 10
};

struct peer {
  int fd;
  int is_stream;
  int header_size; /* before each received datagram */
  int takes_runs;
  size_t packet_size;
  size_t chunk_size; /* what one call sends at the most */
};

static char bytes[2 * CHUNK_SIZE];

static void check(long result, const char *call) {
  if (result < 0) {
    perror(call);
    exit(1);
  }
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int64_t cpu_nanos(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void set(int fd, int level, int option, int value) {
  check(setsockopt(fd, level, option, &value, sizeof value), "setsockopt");
}

static int has_prefix(const char *text, const char *prefix) {
  return strncmp(text, prefix, strlen(prefix)) == 0;
}

static struct sockaddr_in address_of(const char *url) {
  char host[64] = "";
  int port = 0;
  if (sscanf(strstr(url, "://"), "://%63[^:]:%d", host, &port) != 2) {
    fprintf(stderr, "barepeer: address is not host:port: %s\n", url);
    exit(1);
  }
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  inet_pton(AF_INET, host, &address.sin_addr);
  return address;
}

static struct peer open_peer(const char *url, size_t message_size) {
  int is_tcp = has_prefix(url, "tcp:");
  int is_raw = has_prefix(url, "ip:");
  int fd = is_raw ? socket(AF_INET, SOCK_RAW, IP_PROTOCOL)
                  : socket(AF_INET, is_tcp ? SOCK_STREAM : SOCK_DGRAM, 0);
  check(fd, "socket");
  size_t packet = message_size < PACKET_SIZE ? message_size : PACKET_SIZE;
  size_t run = RUN_SIZE / packet < RUN_COUNT ? RUN_SIZE / packet : RUN_COUNT;
  struct peer peer = {.fd = fd,
                      .is_stream = is_tcp,
                      .header_size = is_raw ? IP_HEADER_SIZE : 0,
                      .takes_runs = !is_tcp && !is_raw,
                      .packet_size = packet,
                      .chunk_size = is_tcp ? CHUNK_SIZE : is_raw ? packet : run * packet};
  if (!is_tcp) {
    set(fd, SOL_SOCKET, SO_RCVBUFFORCE, BUFFER_SIZE);
    set(fd, SOL_SOCKET, SO_SNDBUFFORCE, BUFFER_SIZE);
  }
  if (peer.takes_runs) {
    set(fd, IPPROTO_UDP, UDP_GRO, 1);
  }
  return peer;
}

static void accept_datagrams(struct peer *peer) {
  struct sockaddr_in from;
  socklen_t length = sizeof from;
  check(recvfrom(peer->fd, bytes, sizeof bytes, 0, (struct sockaddr *)&from, &length), "recvfrom");
  check(connect(peer->fd, (struct sockaddr *)&from, length), "connect");
  check(send(peer->fd, "h", 1, 0), "send");
}

static struct peer listening(const char *url, size_t message_size) {
  struct peer peer = open_peer(url, message_size);
  struct sockaddr_in address = address_of(url);
  if (peer.is_stream) {
    set(peer.fd, SOL_SOCKET, SO_REUSEADDR, 1);
  }
  check(bind(peer.fd, (struct sockaddr *)&address, sizeof address), "bind");
  if (peer.is_stream) {
    check(listen(peer.fd, 1), "listen");
  }
  puts("listening");
  fflush(stdout);
  if (peer.is_stream) {
    peer.fd = accept(peer.fd, NULL, NULL);
    check(peer.fd, "accept");
    set(peer.fd, IPPROTO_TCP, TCP_NODELAY, 1);
  } else {
    accept_datagrams(&peer);
  }
  return peer;
}

static struct peer dialing(const char *url, size_t message_size) {
  struct peer peer = open_peer(url, message_size);
  struct sockaddr_in address = address_of(url);
  check(connect(peer.fd, (struct sockaddr *)&address, sizeof address), "connect");
  if (peer.is_stream) {
    set(peer.fd, IPPROTO_TCP, TCP_NODELAY, 1);
    return peer;
  }
  struct pollfd wait = {.fd = peer.fd, .events = POLLIN};
  do {
    check(send(peer.fd, "h", 1, 0), "send");
  } while (poll(&wait, 1, HELLO_MILLIS) == 0);
  return peer;
}

static void send_chunk(const struct peer *peer, size_t size) {
  char control[CMSG_SPACE(sizeof(uint16_t))] = {0};
  struct iovec piece = {bytes, size};
  struct msghdr header = {.msg_iov = &piece, .msg_iovlen = 1};
  if (peer->takes_runs && size > peer->packet_size) {
    header.msg_control = control;
    header.msg_controllen = sizeof control;
    struct cmsghdr *segment = CMSG_FIRSTHDR(&header);
    segment->cmsg_level = IPPROTO_UDP;
    segment->cmsg_type = UDP_SEGMENT;
    segment->cmsg_len = CMSG_LEN(sizeof(uint16_t));
    uint16_t packet_size = (uint16_t)peer->packet_size;
    memcpy(CMSG_DATA(segment), &packet_size, sizeof packet_size);
  }
  while (piece.iov_len > 0) {
    ssize_t sent = sendmsg(peer->fd, &header, MSG_NOSIGNAL);
    check(sent, "sendmsg");
    piece.iov_len = peer->is_stream ? piece.iov_len - (size_t)sent : 0;
  }
}

static void send_all(const struct peer *peer, size_t size) {
  for (size_t sent = 0; sent < size; sent += peer->chunk_size) {
    send_chunk(peer, size - sent < peer->chunk_size ? size - sent : peer->chunk_size);
  }
}

/* What has come, or 0; a lone octet is a greeting sent twice. */
static size_t look(const struct peer *peer, size_t most) {
  ssize_t received = recv(peer->fd, bytes, most, MSG_DONTWAIT);
  if (received < 0 && (errno == EAGAIN || errno == ECONNREFUSED || errno == ENOPROTOOPT)) {
    return 0;
  }
  check(received, "recv");
  if (received == 0) {
    exit(0);
  }
  size_t content = (size_t)(received - peer->header_size);
  return content == 1 && !peer->is_stream ? 0 : content;
}

static void receive_all(const struct peer *peer, size_t size) {
  for (size_t received = 0; received < size;) {
    received += look(peer, peer->is_stream ? size - received : sizeof bytes);
  }
}

static int ascending(const void *left, const void *right) {
  int64_t a = *(const int64_t *)left;
  int64_t b = *(const int64_t *)right;
  return (a > b) - (a < b);
}

static void ping(const struct peer *peer, size_t size, int64_t count) {
  int64_t *nanos = calloc((size_t)count, sizeof *nanos);
  for (int64_t i = -count / 2; i < count; i++) {
    int64_t start = now();
    send_all(peer, size);
    receive_all(peer, size);
    if (i >= 0) {
      nanos[i] = now() - start;
    }
  }
  qsort(nanos, (size_t)count, sizeof *nanos, ascending);
  printf("p50Nanos=%lld p99Nanos=%lld\n", (long long)nanos[count / 2],
         (long long)nanos[count * 99 / 100]);
  free(nanos);
}

static void pong(const struct peer *peer, size_t size) {
  for (;;) {
    receive_all(peer, size);
    send_all(peer, size);
  }
}

/* Datagrams that nobody has taken yet stay few: the other end says how many bytes it has. */
static uint64_t await_room(const struct peer *peer, uint64_t sent, uint64_t taken) {
  while (sent - taken >= WINDOW_CHUNKS * CHUNK_SIZE) {
    if (look(peer, sizeof bytes) > 1) {
      memcpy(&taken, bytes + peer->header_size, sizeof taken);
    }
  }
  return taken;
}

static void push(const struct peer *peer, size_t size, int64_t count) {
  uint64_t total = (uint64_t)(count + count / 2) * size;
  uint64_t warm = (uint64_t)(count / 2) * size;
  uint64_t taken = 0;
  int64_t cpu = 0;
  for (uint64_t sent = 0; sent < total; sent += peer->chunk_size) {
    if (cpu == 0 && sent >= warm) {
      cpu = cpu_nanos();
    }
    taken = peer->is_stream ? 0 : await_room(peer, sent, taken);
    send_chunk(peer, peer->chunk_size);
  }
  printf("cpuNanos=%lld\n", (long long)((cpu_nanos() - cpu) / count));
}

static void pull(const struct peer *peer, size_t size, int64_t count) {
  uint64_t total = (uint64_t)(count + count / 2) * size;
  uint64_t warm = (uint64_t)(count / 2) * size;
  int64_t start = 0;
  int64_t cpu = 0;
  for (uint64_t received = 0; received < total;) {
    size_t more = look(peer, CHUNK_SIZE);
    received += more;
    if (start == 0 && received >= warm) {
      cpu = cpu_nanos();
      start = now();
    }
    if (more > 0 && !peer->is_stream) {
      (void)send(peer->fd, &received, sizeof received, MSG_DONTWAIT);
    }
  }
  printf("nanos=%lld cpuNanos=%lld\n", (long long)((now() - start) / count),
         (long long)((cpu_nanos() - cpu) / count));
}

int main(int argument_count, char **arguments) {
  if (argument_count != 5) {
    fputs("usage: barepeer ping|pong|push|pull URL BYTES COUNT\n", stderr);
    return 2;
  }
  const char *role = arguments[1];
  size_t size = strtoul(arguments[3], NULL, 10);
  int64_t count = strtol(arguments[4], NULL, 10);
  int listens = strcmp(role, "pong") == 0 || strcmp(role, "pull") == 0;
  struct peer peer = listens ? listening(arguments[2], size) : dialing(arguments[2], size);
  if (strcmp(role, "ping") == 0) {
    ping(&peer, size, count);
  } else if (strcmp(role, "pong") == 0) {
    pong(&peer, size);
  } else if (strcmp(role, "push") == 0) {
    push(&peer, size, count);
  } else {
    pull(&peer, size, count);
  }
  fflush(stdout);
  pause();
  return 0;
}
