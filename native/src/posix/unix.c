#define _GNU_SOURCE
#include "aeon/unix.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { MAX_DESCRIPTORS = 16 };

/* Fills a kernel address and returns its exact length, or -EINVAL. An abstract name has no padding. */
static int64_t to_kernel(const struct aeon_unix_address *address, struct sockaddr_un *kernel) {
  size_t room = sizeof kernel->sun_path - 1;
  if (address->length == 0 || address->length > room || address->is_abstract > 1) {
    return -EINVAL;
  }
  if (!address->is_abstract && memchr(address->name, 0, address->length) != NULL) {
    return -EINVAL;
  }
  memset(kernel, 0, sizeof *kernel);
  kernel->sun_family = AF_UNIX;
  memcpy(kernel->sun_path + address->is_abstract, address->name, address->length);
  return (int64_t)(offsetof(struct sockaddr_un, sun_path) + address->length + 1);
}

static int close_with(int descriptor, int error) {
  close(descriptor);
  return -error;
}

static int bind_file(int descriptor, const struct sockaddr_un *kernel, socklen_t length,
                     int64_t permissions) {
  if (bind(descriptor, (const struct sockaddr *)kernel, length) != 0) {
    return -errno;
  }
  if (permissions >= 0 && chmod(kernel->sun_path, (mode_t)permissions) != 0) {
    int error = errno;
    unlink(kernel->sun_path);
    return -error;
  }
  return 0;
}

/* permissions below zero leave the file as the process's mask makes it. */
static int32_t listen_at(const struct aeon_unix_address *address, int32_t backlog,
                         int64_t permissions) {
  struct sockaddr_un kernel;
  int64_t length = to_kernel(address, &kernel);
  if (length < 0) {
    return (int32_t)length;
  }
  int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) {
    return -errno;
  }
  int bound = bind_file(descriptor, &kernel, (socklen_t)length, permissions);
  if (bound < 0) {
    return close_with(descriptor, -bound);
  }
  if (listen(descriptor, backlog) != 0) {
    return close_with(descriptor, errno);
  }
  return descriptor;
}

int32_t aeon_unix_listen(const struct aeon_unix_address *address, int32_t backlog) {
  return listen_at(address, backlog, -1);
}

int32_t aeon_unix_listen_with(const struct aeon_unix_address *address, int32_t backlog,
                              uint32_t permissions) {
  if (address->is_abstract || permissions > 0777) {
    return -EINVAL;
  }
  return listen_at(address, backlog, permissions);
}

int32_t aeon_unix_connect(const struct aeon_unix_address *address) {
  struct sockaddr_un kernel;
  int64_t length = to_kernel(address, &kernel);
  if (length < 0) {
    return (int32_t)length;
  }
  int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) {
    return -errno;
  }
  if (connect(descriptor, (struct sockaddr *)&kernel, (socklen_t)length) != 0) {
    return close_with(descriptor, errno);
  }
  return descriptor;
}

int32_t aeon_unix_peer(int32_t descriptor, struct aeon_peer_credentials *credentials) {
  struct ucred kernel;
  socklen_t length = sizeof kernel;
  if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &kernel, &length) != 0) {
    return -errno;
  }
  credentials->process_id = kernel.pid;
  credentials->user_id = kernel.uid;
  credentials->group_id = kernel.gid;
  return 0;
}

int64_t aeon_unix_send_descriptors(int32_t descriptor, const void *bytes, uint64_t byte_count,
                                   const int32_t *descriptors, int32_t descriptor_count) {
  if (byte_count == 0 || descriptor_count < 0 || descriptor_count > MAX_DESCRIPTORS) {
    return -EINVAL;
  }
  union {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(MAX_DESCRIPTORS * sizeof(int))];
  } control = {0};
  struct iovec piece = {.iov_base = (void *)(uintptr_t)bytes, .iov_len = byte_count};
  struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
  if (descriptor_count > 0) {
    size_t payload = (size_t)descriptor_count * sizeof(int);
    message.msg_control = control.bytes;
    message.msg_controllen = CMSG_SPACE(payload);
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(payload);
    memcpy(CMSG_DATA(header), descriptors, payload);
  }
  ssize_t sent = sendmsg(descriptor, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  return sent >= 0 ? sent : -errno;
}

/* Hands over the descriptors of one control message; those without room are closed, not leaked. */
static void take_descriptors(struct cmsghdr *header, int32_t *descriptors, int32_t capacity,
                             int32_t *descriptor_count) {
  size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
  for (size_t i = 0; i < count; i++) {
    int received;
    memcpy(&received, CMSG_DATA(header) + i * sizeof(int), sizeof received);
    if (*descriptor_count < capacity) {
      descriptors[(*descriptor_count)++] = received;
    } else {
      close(received);
    }
  }
}

int64_t aeon_unix_receive_descriptors(int32_t descriptor, void *bytes, uint64_t byte_count,
                                      int32_t *descriptors, int32_t capacity,
                                      int32_t *descriptor_count) {
  *descriptor_count = 0;
  if (byte_count == 0 || capacity < 0 || capacity > MAX_DESCRIPTORS) {
    return -EINVAL;
  }
  union {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(MAX_DESCRIPTORS * sizeof(int))];
  } control = {0};
  struct iovec piece = {.iov_base = bytes, .iov_len = byte_count};
  struct msghdr message = {.msg_iov = &piece,
                           .msg_iovlen = 1,
                           .msg_control = control.bytes,
                           .msg_controllen = sizeof control.bytes};
  ssize_t received = recvmsg(descriptor, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  if (received < 0) {
    return -errno;
  }
  for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header != NULL;
       header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
      take_descriptors(header, descriptors, capacity, descriptor_count);
    }
  }
  return received;
}
