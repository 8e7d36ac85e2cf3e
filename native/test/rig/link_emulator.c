/*
 * A bad link between two network namespaces, for kernels without netem: a TUN device in each, and
 * this program moves the packets from one to the other, or does not.
 *
 *   link_emulator NAMESPACE NAMESPACE [loss=P] [duplicate=P] [reorder=P] [corrupt=P] [delay=MICROS]
 *                 [seed=N]
 *
 * P is a probability from 0 to 1; a reordered packet comes 2 ms later. Each namespace gets the
 * device "link0", which the caller sets up. Prints "ready" when both are there. A line "down" on the
 * standard input drops every packet until a line "up", answered by "dark" and "lit"; the input's end
 * ends the program.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { CAPACITY = 16384, PACKET_BYTE_SIZE = 65536, REORDER_NANOS = 2000000, IP_HEADER = 20 };

struct packet {
  int64_t due_nanos;
  uint64_t sequence;
  int target;
  size_t byte_size;
  uint8_t *bytes;
};

struct link {
  double loss, duplicate, reorder, corrupt;
  int64_t delay_nanos;
  uint64_t random;
  uint64_t sequence;
  int is_down;
  struct packet heap[CAPACITY];
  size_t count;
};

static struct link the_link = {.random = 1};

static void die(const char *what) {
  fprintf(stderr, "link_emulator: %s: %s\n", what, strerror(errno));
  exit(1);
}

static int64_t now_nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* xorshift64*: the same seed makes the same decisions for the same packets. */
static uint64_t next_random(struct link *link) {
  link->random ^= link->random >> 12;
  link->random ^= link->random << 25;
  link->random ^= link->random >> 27;
  return link->random * 0x2545F4914F6CDD1DULL;
}

static int happens(struct link *link, double probability) {
  return (double)(next_random(link) >> 11) < probability * 9007199254740992.0;
}

static int before(const struct packet *left, const struct packet *right) {
  return left->due_nanos != right->due_nanos ? left->due_nanos < right->due_nanos
                                             : left->sequence < right->sequence;
}

static void swap(struct packet *left, struct packet *right) {
  struct packet kept = *left;
  *left = *right;
  *right = kept;
}

static void push(struct link *link, struct packet packet) {
  size_t index = link->count++;
  link->heap[index] = packet;
  while (index > 0 && before(&link->heap[index], &link->heap[(index - 1) / 2])) {
    swap(&link->heap[index], &link->heap[(index - 1) / 2]);
    index = (index - 1) / 2;
  }
}

static struct packet pop(struct link *link) {
  struct packet first = link->heap[0];
  link->heap[0] = link->heap[--link->count];
  size_t index = 0;
  for (;;) {
    size_t least = index;
    for (size_t child = 2 * index + 1; child <= 2 * index + 2 && child < link->count; child++) {
      least = before(&link->heap[child], &link->heap[least]) ? child : least;
    }
    if (least == index) {
      return first;
    }
    swap(&link->heap[index], &link->heap[least]);
    index = least;
  }
}

static void admit(struct link *link, int target, const uint8_t *bytes, size_t byte_size) {
  if (link->count == CAPACITY) {
    return; /* as a router's queue does when it is full */
  }
  struct packet packet = {.due_nanos = now_nanos() + link->delay_nanos,
                          .sequence = link->sequence++,
                          .target = target,
                          .byte_size = byte_size,
                          .bytes = malloc(byte_size)};
  if (packet.bytes == NULL) {
    die("memory");
  }
  memcpy(packet.bytes, bytes, byte_size);
  /* The IP header is left alone, so that the packet arrives where its damage is to be found. */
  if (byte_size > IP_HEADER && happens(link, link->corrupt)) {
    packet.bytes[IP_HEADER + next_random(link) % (byte_size - IP_HEADER)] ^=
        (uint8_t)(1 + next_random(link) % 255);
  }
  if (happens(link, link->reorder)) {
    packet.due_nanos += REORDER_NANOS;
  }
  push(link, packet);
}

static void read_all(struct link *link, int source, int target) {
  static uint8_t bytes[PACKET_BYTE_SIZE];
  for (ssize_t size; (size = read(source, bytes, sizeof bytes)) > 0;) {
    if (link->is_down || happens(link, link->loss)) {
      continue;
    }
    admit(link, target, bytes, (size_t)size);
    if (happens(link, link->duplicate)) {
      admit(link, target, bytes, (size_t)size);
    }
  }
}

static void deliver_due(struct link *link) {
  while (link->count > 0 && link->heap[0].due_nanos <= now_nanos()) {
    struct packet packet = pop(link);
    ssize_t written = write(packet.target, packet.bytes, packet.byte_size);
    (void)written; /* a device that does not take it has lost it */
    free(packet.bytes);
  }
}

static int device_in(const char *name) {
  char path[128];
  snprintf(path, sizeof path, "/var/run/netns/%s", name);
  int space = open(path, O_RDONLY | O_CLOEXEC);
  if (space < 0 || setns(space, CLONE_NEWNET) != 0) {
    die(path);
  }
  close(space);
  int device = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
  snprintf(request.ifr_name, sizeof request.ifr_name, "link0");
  if (device < 0 || ioctl(device, TUNSETIFF, &request) != 0) {
    die("/dev/net/tun");
  }
  return device;
}

static void set(struct link *link, const char *argument) {
  double value = 0;
  char name[16] = "";
  if (sscanf(argument, "%15[a-z]=%lf", name, &value) != 2 || value < 0) {
    fprintf(stderr, "link_emulator: not understood: %s\n", argument);
    exit(2);
  }
  if (strcmp(name, "loss") == 0) {
    link->loss = value;
  } else if (strcmp(name, "duplicate") == 0) {
    link->duplicate = value;
  } else if (strcmp(name, "reorder") == 0) {
    link->reorder = value;
  } else if (strcmp(name, "corrupt") == 0) {
    link->corrupt = value;
  } else if (strcmp(name, "delay") == 0) {
    link->delay_nanos = (int64_t)(value * 1000);
  } else if (strcmp(name, "seed") == 0 && value >= 1) {
    link->random = (uint64_t)value;
  } else {
    fprintf(stderr, "link_emulator: not understood: %s\n", argument);
    exit(2);
  }
}

/* Returns 0 at the input's end. */
static int obey(struct link *link) {
  char line[64];
  if (fgets(line, sizeof line, stdin) == NULL) {
    return 0;
  }
  link->is_down = strcmp(line, "down\n") == 0;
  printf("%s\n", link->is_down ? "dark" : "lit");
  fflush(stdout);
  return 1;
}

static void wait_for(struct pollfd *ready, const struct link *link) {
  int64_t nanos = link->count == 0 ? 1000000000 : link->heap[0].due_nanos - now_nanos();
  struct timespec limit = {.tv_sec = nanos > 0 ? nanos / 1000000000 : 0,
                           .tv_nsec = nanos > 0 ? nanos % 1000000000 : 0};
  if (ppoll(ready, 3, &limit, NULL) < 0 && errno != EINTR) {
    die("poll");
  }
}

int main(int count, char **arguments) {
  if (count < 3) {
    fprintf(stderr, "usage: link_emulator NAMESPACE NAMESPACE [NAME=VALUE]...\n");
    return 2;
  }
  for (int index = 3; index < count; index++) {
    set(&the_link, arguments[index]);
  }
  int left = device_in(arguments[1]);
  int right = device_in(arguments[2]);
  setvbuf(stdin, NULL, _IONBF, 0);
  printf("ready\n");
  fflush(stdout);
  struct pollfd ready[3] = {{.fd = left, .events = POLLIN},
                            {.fd = right, .events = POLLIN},
                            {.fd = STDIN_FILENO, .events = POLLIN}};
  for (;;) {
    wait_for(ready, &the_link);
    if (ready[2].revents != 0 && !obey(&the_link)) {
      return 0;
    }
    read_all(&the_link, left, right);
    read_all(&the_link, right, left);
    deliver_due(&the_link);
  }
}
