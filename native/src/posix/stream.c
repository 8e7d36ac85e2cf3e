#define _GNU_SOURCE
#include "aeon/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/uio.h>

enum { MAX_SPANS = 64 };

int32_t aeon_stream_accept(int32_t listener) {
  int descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  return descriptor >= 0 ? descriptor : -errno;
}

static int socket_option(int descriptor, int option, int *value) {
  socklen_t length = sizeof *value;
  return getsockopt(descriptor, SOL_SOCKET, option, value, &length) == 0 ? 0 : -errno;
}

int32_t aeon_stream_adopt(int32_t descriptor) {
  int type = 0;
  int domain = 0;
  int listening = 0;
  int result = socket_option(descriptor, SO_TYPE, &type);
  if (result == 0) {
    result = socket_option(descriptor, SO_DOMAIN, &domain);
  }
  if (result == 0) {
    result = socket_option(descriptor, SO_ACCEPTCONN, &listening);
  }
  if (result < 0) {
    return result;
  }
  if (type != SOCK_STREAM) {
    return -EPROTOTYPE;
  }
  int flags = fcntl(descriptor, F_GETFL);
  if (flags < 0 || fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) < 0 ||
      fcntl(descriptor, F_SETFD, FD_CLOEXEC) < 0) {
    return -errno;
  }
  return (listening ? AEON_ADOPTED_LISTENING : 0) | (domain == AF_UNIX ? AEON_ADOPTED_UNIX : 0);
}

int64_t aeon_stream_receive(int32_t descriptor, void *buffer, uint64_t byte_offset,
                            uint64_t byte_count) {
  ssize_t received = recv(descriptor, (char *)buffer + byte_offset, byte_count, MSG_DONTWAIT);
  return received >= 0 ? received : -errno;
}

int64_t aeon_stream_send(int32_t descriptor, const void *buffer, uint64_t byte_offset,
                         uint64_t byte_count) {
  const char *first = (const char *)buffer + byte_offset;
  ssize_t sent = send(descriptor, first, byte_count, MSG_DONTWAIT | MSG_NOSIGNAL);
  return sent >= 0 ? sent : -errno;
}

int64_t aeon_stream_send_spans(int32_t descriptor, const struct aeon_span *spans,
                               int32_t span_count) {
  if (span_count < 1 || span_count > MAX_SPANS) {
    return -EINVAL;
  }
  struct iovec pieces[MAX_SPANS];
  for (int32_t i = 0; i < span_count; i++) {
    pieces[i].iov_base = (void *)(uintptr_t)spans[i].address;
    pieces[i].iov_len = spans[i].length;
  }
  struct msghdr message = {.msg_iov = pieces, .msg_iovlen = (size_t)span_count};
  ssize_t sent = sendmsg(descriptor, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  return sent >= 0 ? sent : -errno;
}

int32_t aeon_stream_pending_error(int32_t descriptor) {
  int error = 0;
  socklen_t length = sizeof error;
  if (getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length) != 0) {
    return -errno;
  }
  return error;
}

int32_t aeon_stream_finish_sending(int32_t descriptor) {
  return shutdown(descriptor, SHUT_WR) == 0 ? 0 : -errno;
}
