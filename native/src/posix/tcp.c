#define _GNU_SOURCE
#include "aeon/tcp.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ip_address.h"

static int close_with(int descriptor, int error) {
  close(descriptor);
  return -error;
}

static int open_socket(const struct sockaddr_storage *kernel) {
  int descriptor = socket(kernel->ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  return descriptor >= 0 ? descriptor : -errno;
}

static int32_t set_flag(int descriptor, int level, int option, int32_t enabled) {
  int flag = enabled != 0;
  return setsockopt(descriptor, level, option, &flag, sizeof flag) == 0 ? 0 : -errno;
}

static int32_t listen_at(const struct aeon_ip_address *address, int32_t backlog, int32_t v6_only) {
  struct sockaddr_storage kernel;
  socklen_t length = aeon_ip_to_kernel(address, &kernel);
  if (length == 0) {
    return -EINVAL;
  }
  int descriptor = open_socket(&kernel);
  if (descriptor < 0) {
    return descriptor;
  }
  int32_t reuse = set_flag(descriptor, SOL_SOCKET, SO_REUSEADDR, 1);
  if (reuse < 0) {
    return close_with(descriptor, -reuse);
  }
  int32_t only = v6_only ? set_flag(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 1) : 0;
  if (only < 0) {
    return close_with(descriptor, -only);
  }
  if (bind(descriptor, (struct sockaddr *)&kernel, length) != 0 ||
      listen(descriptor, backlog) != 0) {
    return close_with(descriptor, errno);
  }
  return descriptor;
}

int32_t aeon_tcp_listen(const struct aeon_ip_address *address, int32_t backlog) {
  return listen_at(address, backlog, 0);
}

int32_t aeon_tcp_listen_v6_only(const struct aeon_ip_address *address, int32_t backlog) {
  return address->family == 6 ? listen_at(address, backlog, 1) : -EINVAL;
}

/* local may be NULL: the kernel chooses. */
static int32_t connect_from(const struct aeon_ip_address *address,
                            const struct aeon_ip_address *local) {
  struct sockaddr_storage kernel;
  struct sockaddr_storage from;
  socklen_t length = aeon_ip_to_kernel(address, &kernel);
  socklen_t from_length = local != NULL ? aeon_ip_to_kernel(local, &from) : 0;
  if (length == 0 || (local != NULL && from_length != length)) {
    return -EINVAL;
  }
  int descriptor = open_socket(&kernel);
  if (descriptor < 0) {
    return descriptor;
  }
  if (local != NULL && bind(descriptor, (struct sockaddr *)&from, from_length) != 0) {
    return close_with(descriptor, errno);
  }
  if (connect(descriptor, (struct sockaddr *)&kernel, length) != 0 && errno != EINPROGRESS) {
    return close_with(descriptor, errno);
  }
  return descriptor;
}

int32_t aeon_tcp_connect(const struct aeon_ip_address *address) {
  return connect_from(address, NULL);
}

int32_t aeon_tcp_connect_from(const struct aeon_ip_address *address,
                              const struct aeon_ip_address *local) {
  return connect_from(address, local);
}

int32_t aeon_tcp_local_address(int32_t descriptor, struct aeon_ip_address *address) {
  struct sockaddr_storage kernel;
  socklen_t length = sizeof kernel;
  if (getsockname(descriptor, (struct sockaddr *)&kernel, &length) != 0) {
    return -errno;
  }
  return aeon_ip_from_kernel(&kernel, address);
}

int32_t aeon_tcp_remote_address(int32_t descriptor, struct aeon_ip_address *address) {
  struct sockaddr_storage kernel;
  socklen_t length = sizeof kernel;
  if (getpeername(descriptor, (struct sockaddr *)&kernel, &length) != 0) {
    return -errno;
  }
  return aeon_ip_from_kernel(&kernel, address);
}

int32_t aeon_tcp_set_no_delay(int32_t descriptor, int32_t enabled) {
  return set_flag(descriptor, IPPROTO_TCP, TCP_NODELAY, enabled);
}

int32_t aeon_tcp_set_keep_alive(int32_t descriptor, int32_t enabled) {
  return set_flag(descriptor, SOL_SOCKET, SO_KEEPALIVE, enabled);
}
