/*
 * One end of a trial over libnng: nngpeer ping|pong|push|pull URL BYTES COUNT. Says what
 * LinkTrial says, in the same words.
 */
#include <nng/nng.h>
#include <nng/protocol/pipeline0/pull.h>
#include <nng/protocol/pipeline0/push.h>
#include <nng/protocol/reqrep0/rep.h>
#include <nng/protocol/reqrep0/req.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static void check(int result, const char *call) {
  if (result != 0) {
    fprintf(stderr, "nngpeer: %s: %s\n", call, nng_strerror(result));
    exit(1);
  }
}

static int64_t now(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static nng_msg *body(size_t byte_size) {
  nng_msg *message;
  check(nng_msg_alloc(&message, byte_size), "nng_msg_alloc");
  return message;
}

static void drop_one(nng_socket socket) {
  nng_msg *message;
  check(nng_recvmsg(socket, &message, 0), "nng_recvmsg");
  nng_msg_free(message);
}

static int ascending(const void *left, const void *right) {
  int64_t a = *(const int64_t *)left;
  int64_t b = *(const int64_t *)right;
  return (a > b) - (a < b);
}

static void ping(nng_socket socket, size_t byte_size, int64_t count) {
  int64_t *nanos = calloc((size_t)count, sizeof *nanos);
  for (int64_t i = -count / 2; i < count; i++) {
    int64_t start = now(CLOCK_MONOTONIC);
    check(nng_sendmsg(socket, body(byte_size), 0), "nng_sendmsg");
    drop_one(socket);
    if (i >= 0) {
      nanos[i] = now(CLOCK_MONOTONIC) - start;
    }
  }
  qsort(nanos, (size_t)count, sizeof *nanos, ascending);
  printf("p50Nanos=%lld p99Nanos=%lld\n", (long long)nanos[count / 2],
         (long long)nanos[count * 99 / 100]);
}

static void pong(nng_socket socket) {
  for (;;) {
    nng_msg *message;
    check(nng_recvmsg(socket, &message, 0), "nng_recvmsg");
    check(nng_sendmsg(socket, message, 0), "nng_sendmsg");
  }
}

static void push(nng_socket socket, size_t byte_size, int64_t count) {
  int64_t cpu = 0;
  for (int64_t i = -count / 2; i < count; i++) {
    if (i == 0) {
      cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    }
    check(nng_sendmsg(socket, body(byte_size), 0), "nng_sendmsg");
  }
  printf("cpuNanos=%lld\n", (long long)((now(CLOCK_PROCESS_CPUTIME_ID) - cpu) / count));
  fflush(stdout);
  getchar(); /* until the other end has everything */
}

static void pull(nng_socket socket, int64_t count) {
  int64_t cpu = 0;
  int64_t start = 0;
  for (int64_t i = -count / 2; i < count; i++) {
    if (i == 0) {
      cpu = now(CLOCK_PROCESS_CPUTIME_ID);
      start = now(CLOCK_MONOTONIC);
    }
    drop_one(socket);
  }
  printf("nanos=%lld cpuNanos=%lld\n", (long long)((now(CLOCK_MONOTONIC) - start) / count),
         (long long)((now(CLOCK_PROCESS_CPUTIME_ID) - cpu) / count));
}

int main(int argument_count, char **arguments) {
  if (argument_count != 5) {
    fprintf(stderr, "usage: nngpeer ping|pong|push|pull URL BYTES COUNT\n");
    return 2;
  }
  const char *role = arguments[1];
  size_t byte_size = strtoul(arguments[3], NULL, 10);
  int64_t count = strtol(arguments[4], NULL, 10);
  nng_socket socket;
  if (strcmp(role, "ping") == 0) {
    check(nng_req0_open(&socket), "nng_req0_open");
    check(nng_dial(socket, arguments[2], NULL, 0), "nng_dial");
    ping(socket, byte_size, count);
  } else if (strcmp(role, "push") == 0) {
    check(nng_push0_open(&socket), "nng_push0_open");
    check(nng_dial(socket, arguments[2], NULL, 0), "nng_dial");
    push(socket, byte_size, count);
  } else {
    int is_pong = strcmp(role, "pong") == 0;
    check(is_pong ? nng_rep0_open(&socket) : nng_pull0_open(&socket), "nng_open");
    check(nng_listen(socket, arguments[2], NULL, 0), "nng_listen");
    printf("listening\n");
    fflush(stdout);
    if (is_pong) {
      pong(socket);
    }
    pull(socket, count);
  }
  return 0;
}
