/*
 * Opens raw IP sockets for programs that may not, and passes them over a Unix socket, so that none
 * of them needs CAP_NET_RAW. Whoever may connect may forge IP packets of the granted protocols: the
 * socket file's permissions decide who that is.
 *
 *   ask:    "AERW"  version (1)  IP version (4 or 6)  protocol  0
 *   answer: errno, 32 bits in network order; 0 comes with the descriptor
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum {
  ASK_BYTE_SIZE = 8,
  MAX_CLIENTS = 64,
  PROTOCOL_COUNT = 255,
  DEFAULT_MODE = 0600,
};

static const char usage[] =
    "usage: sp-raw-helper [-m MODE] [-p PROTOCOL]... PATH\n"
    "Opens raw IP sockets for those who may connect to the Unix socket PATH.\n"
    "  -m MODE      permissions of PATH, octal (0600 unless set)\n"
    "  -p PROTOCOL  an IP protocol number to grant, 1 to 254 (253 and 254 unless set)\n";

struct clients {
  struct pollfd entries[2 + MAX_CLIENTS]; /* signals, listener, then clients */
  nfds_t count;
};

static int fail(const char *what, const char *name) {
  fprintf(stderr, "sp-raw-helper: %s: %s: %s\n", what, name, strerror(errno));
  return 1;
}

static long number(const char *text, int base, long min, long max) {
  char *end = NULL;
  errno = 0;
  long value = strtol(text, &end, base);
  return errno == 0 && end != text && *end == '\0' && value >= min && value <= max ? value : -1;
}

static int listen_at(const char *path, mode_t mode) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  memcpy(address.sun_path, path, strlen(path) + 1);
  int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listener < 0) {
    return -1;
  }
  mode_t before = umask((mode_t)(~mode & 0777));
  int failed = bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
               listen(listener, MAX_CLIENTS) != 0;
  umask(before);
  if (failed) {
    close(listener);
    return -1;
  }
  return listener;
}

static int open_raw(const uint8_t *ask, const uint8_t *granted) {
  uint8_t ip_version = ask[5];
  uint8_t protocol = ask[6];
  if (memcmp(ask, "AERW\1", 5) != 0 || (ip_version != 4 && ip_version != 6) || ask[7] != 0 ||
      protocol >= PROTOCOL_COUNT) {
    return -EPROTO;
  }
  if (!granted[protocol]) {
    return -EACCES;
  }
  int raw = socket(ip_version == 4 ? AF_INET : AF_INET6, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK,
                   protocol);
  return raw >= 0 ? raw : -errno;
}

static void answer(int client, int raw) {
  uint32_t error = htonl((uint32_t)(raw < 0 ? -raw : 0));
  union {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr align;
  } control = {{0}};
  struct iovec piece = {.iov_base = &error, .iov_len = sizeof error};
  struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
  if (raw >= 0) {
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof raw);
    memcpy(CMSG_DATA(header), &raw, sizeof raw);
  }
  /* Who has gone away needs no answer. */
  ssize_t sent = sendmsg(client, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  (void)sent;
}

/* A client writes its eight octets at once or not at all: what is short is no question. */
static void serve(int client, const uint8_t *granted) {
  uint8_t ask[ASK_BYTE_SIZE];
  ssize_t received = recv(client, ask, sizeof ask, MSG_DONTWAIT);
  int raw = received == ASK_BYTE_SIZE ? open_raw(ask, granted) : -EPROTO;
  answer(client, raw);
  if (raw >= 0) {
    close(raw);
  }
}

static void drop(struct clients *clients, nfds_t index) {
  close(clients->entries[index].fd);
  clients->entries[index] = clients->entries[--clients->count];
}

static void take_in(struct clients *clients) {
  int client = accept4(clients->entries[1].fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (client < 0) {
    return;
  }
  if (clients->count == 2 + MAX_CLIENTS) {
    drop(clients, 2); /* the silent make room */
  }
  clients->entries[clients->count++] = (struct pollfd){.fd = client, .events = POLLIN};
}

static void run(struct clients *clients, const uint8_t *granted) {
  while ((clients->entries[0].revents & POLLIN) == 0) {
    if (poll(clients->entries, clients->count, -1) < 0) {
      continue;
    }
    for (nfds_t index = clients->count; index-- > 2;) {
      if (clients->entries[index].revents != 0) {
        serve(clients->entries[index].fd, granted);
        drop(clients, index);
      }
    }
    if (clients->entries[1].revents != 0) {
      take_in(clients);
    }
  }
}

static int signals(void) {
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGTERM);
  sigaddset(&ending, SIGINT);
  sigprocmask(SIG_BLOCK, &ending, NULL);
  return signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
}

static int serve_at(const char *path, mode_t mode, const uint8_t *granted) {
  int signal_descriptor = signals();
  int listener = listen_at(path, mode);
  if (signal_descriptor < 0 || listener < 0) {
    return fail("cannot listen", path);
  }
  printf("listening at %s\n", path);
  fflush(stdout);
  struct clients clients = {.entries = {{.fd = signal_descriptor, .events = POLLIN},
                                        {.fd = listener, .events = POLLIN}},
                            .count = 2};
  run(&clients, granted);
  unlink(path);
  return 0;
}

int main(int count, char **arguments) {
  uint8_t granted[PROTOCOL_COUNT] = {0};
  long mode = DEFAULT_MODE;
  int any_granted = 0;
  int option;
  while ((option = getopt(count, arguments, "m:p:h")) != -1) {
    if (option == 'h') {
      fputs(usage, stdout);
      return 0;
    }
    long value = option == 'm'   ? number(optarg, 8, 0, 0777)
                 : option == 'p' ? number(optarg, 10, 1, PROTOCOL_COUNT - 1)
                                 : -1;
    if (value < 0) {
      fputs(usage, stderr);
      return 2;
    }
    if (option == 'm') {
      mode = value;
    } else {
      granted[value] = 1;
      any_granted = 1;
    }
  }
  if (optind != count - 1) {
    fputs(usage, stderr);
    return 2;
  }
  if (!any_granted) {
    granted[253] = 1;
    granted[254] = 1;
  }
  return serve_at(arguments[optind], (mode_t)mode, granted);
}
