#define _GNU_SOURCE
#include "aeon/datagram.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stddef.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../posix/ip_address.h"

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif
#ifndef UDP_GRO
#define UDP_GRO 104
#endif

_Static_assert(sizeof(struct aeon_filter_instruction) == sizeof(struct sock_filter) &&
                   offsetof(struct aeon_filter_instruction, operand) ==
                       offsetof(struct sock_filter, k),
               "an instruction is laid out as the kernel's");

enum { MAX_INSTRUCTIONS = BPF_MAXINSNS, MAX_PROTOCOL = 254 };

static int32_t set_int(int descriptor, int level, int option, int value) {
  return setsockopt(descriptor, level, option, &value, sizeof value) == 0 ? 0 : -errno;
}

static int32_t close_with(int descriptor, int32_t result) {
  close(descriptor);
  return result;
}

/* IPv6 sockets may carry IPv4 too, hence both options; the second fails on sockets of IPv6 only. */
static int32_t forbid_splitting(int descriptor, int family) {
  if (family == AF_INET) {
    return set_int(descriptor, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DO);
  }
  (void)set_int(descriptor, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DO);
  int32_t result = set_int(descriptor, IPPROTO_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_DO);
  return result < 0 ? result : set_int(descriptor, IPPROTO_IPV6, IPV6_DONTFRAG, 1);
}

static int32_t bind_to(int descriptor, const struct sockaddr_storage *local, socklen_t length) {
  return bind(descriptor, (const struct sockaddr *)local, length) == 0 ? 0 : -errno;
}

int32_t aeon_udp_open(const struct aeon_ip_address *local) {
  struct sockaddr_storage kernel;
  socklen_t length = aeon_ip_to_kernel(local, &kernel);
  if (length == 0) {
    return -EINVAL;
  }
  int descriptor = socket(kernel.ss_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) {
    return -errno;
  }
  if (kernel.ss_family == AF_INET6) {
    (void)set_int(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 0);
  }
  int32_t result = forbid_splitting(descriptor, kernel.ss_family);
  if (result == 0) {
    result = bind_to(descriptor, &kernel, length);
  }
  if (result < 0) {
    return close_with(descriptor, result);
  }
  /* Kernels before 5.0 deliver datagrams one by one. */
  (void)set_int(descriptor, IPPROTO_UDP, UDP_GRO, 1);
  return descriptor;
}

/* The kernel takes the port of a raw socket's address for a protocol number. */
static socklen_t raw_address(const struct aeon_ip_address *address,
                             struct sockaddr_storage *kernel) {
  struct aeon_ip_address without_port = *address;
  without_port.port = 0;
  return aeon_ip_to_kernel(&without_port, kernel);
}

int32_t aeon_raw_open(const struct aeon_ip_address *local, int32_t protocol) {
  struct sockaddr_storage kernel;
  socklen_t length = raw_address(local, &kernel);
  if (length == 0 || protocol < 1 || protocol > MAX_PROTOCOL) {
    return -EINVAL;
  }
  int descriptor = socket(kernel.ss_family, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
  if (descriptor < 0) {
    return -errno;
  }
  int32_t result = aeon_raw_adopt(descriptor, local, protocol);
  return result < 0 ? close_with(descriptor, result) : descriptor;
}

static int has_option(int descriptor, int option, int expected) {
  int value = 0;
  socklen_t length = sizeof value;
  return getsockopt(descriptor, SOL_SOCKET, option, &value, &length) == 0 && value == expected;
}

int32_t aeon_raw_adopt(int32_t descriptor, const struct aeon_ip_address *local, int32_t protocol) {
  struct sockaddr_storage kernel;
  socklen_t length = raw_address(local, &kernel);
  if (length == 0) {
    return -EINVAL;
  }
  if (!has_option(descriptor, SO_TYPE, SOCK_RAW) ||
      !has_option(descriptor, SO_DOMAIN, kernel.ss_family) ||
      !has_option(descriptor, SO_PROTOCOL, protocol)) {
    return -EPROTOTYPE;
  }
  int flags = fcntl(descriptor, F_GETFL);
  if (flags < 0 || fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) < 0 ||
      fcntl(descriptor, F_SETFD, FD_CLOEXEC) < 0) {
    return -errno;
  }
  int32_t result = forbid_splitting(descriptor, kernel.ss_family);
  return result < 0 ? result : bind_to(descriptor, &kernel, length);
}

int32_t aeon_datagram_connect(int32_t descriptor, const struct aeon_ip_address *peer) {
  struct sockaddr_storage kernel;
  socklen_t length = has_option(descriptor, SO_TYPE, SOCK_RAW) ? raw_address(peer, &kernel)
                                                               : aeon_ip_to_kernel(peer, &kernel);
  if (length == 0) {
    return -EINVAL;
  }
  return connect(descriptor, (struct sockaddr *)&kernel, length) == 0 ? 0 : -errno;
}

static int32_t set_buffer(int descriptor, int forced, int limited, int byte_size) {
  return set_int(descriptor, SOL_SOCKET, forced, byte_size) == 0
             ? 0
             : set_int(descriptor, SOL_SOCKET, limited, byte_size);
}

int32_t aeon_datagram_set_buffers(int32_t descriptor, int32_t byte_size) {
  if (byte_size < 1) {
    return -EINVAL;
  }
  int32_t result = set_buffer(descriptor, SO_RCVBUFFORCE, SO_RCVBUF, byte_size);
  return result < 0 ? result : set_buffer(descriptor, SO_SNDBUFFORCE, SO_SNDBUF, byte_size);
}

int32_t aeon_datagram_set_filter(int32_t descriptor, const struct aeon_filter_instruction *program,
                                 int32_t instruction_count) {
  if (instruction_count < 1 || instruction_count > MAX_INSTRUCTIONS) {
    return -EINVAL;
  }
  struct sock_filter instructions[MAX_INSTRUCTIONS];
  memcpy(instructions, program, (size_t)instruction_count * sizeof *program);
  struct sock_fprog filter = {.len = (unsigned short)instruction_count, .filter = instructions};
  return setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter) == 0 ? 0
                                                                                           : -errno;
}

/* An IPv4 address in its IPv6 dress takes the way of IPv4. */
static struct aeon_ip_address unmapped(const struct aeon_ip_address *address) {
  static const uint8_t prefix[12] = {[10] = 0xff, [11] = 0xff};
  struct aeon_ip_address result = *address;
  if (address->family == 6 && memcmp(address->bytes, prefix, sizeof prefix) == 0) {
    result.family = 4;
    memcpy(result.bytes, address->bytes + sizeof prefix, 4);
  }
  return result;
}

int32_t aeon_datagram_path_mtu(const struct aeon_ip_address *peer) {
  struct aeon_ip_address target = unmapped(peer);
  if (target.port == 0) {
    target.port = 9; /* nothing is sent; any port makes a route */
  }
  struct sockaddr_storage kernel;
  socklen_t length = aeon_ip_to_kernel(&target, &kernel);
  if (length == 0) {
    return -EINVAL;
  }
  int descriptor = socket(kernel.ss_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) {
    return -errno;
  }
  int mtu = 0;
  socklen_t mtu_length = sizeof mtu;
  int is_v4 = kernel.ss_family == AF_INET;
  int failed = connect(descriptor, (struct sockaddr *)&kernel, length) != 0 ||
               getsockopt(descriptor, is_v4 ? IPPROTO_IP : IPPROTO_IPV6, is_v4 ? IP_MTU : IPV6_MTU,
                          &mtu, &mtu_length) != 0;
  return close_with(descriptor, failed ? -errno : mtu);
}

union segment_control {
  char bytes[CMSG_SPACE(sizeof(int))];
  struct cmsghdr align;
};

/* What one element of a batch is to the kernel. */
struct slot {
  struct sockaddr_storage address;
  struct iovec piece;
  union segment_control control;
};

static void ask_for_segments(struct msghdr *header, struct slot *slot, uint16_t byte_size) {
  header->msg_control = slot->control.bytes;
  header->msg_controllen = CMSG_SPACE(sizeof byte_size);
  struct cmsghdr *control = CMSG_FIRSTHDR(header);
  control->cmsg_level = IPPROTO_UDP;
  control->cmsg_type = UDP_SEGMENT;
  control->cmsg_len = CMSG_LEN(sizeof byte_size);
  memcpy(CMSG_DATA(control), &byte_size, sizeof byte_size);
}

static int32_t prepare_to_send(const struct aeon_datagram *datagram, struct slot *slot,
                               struct msghdr *header) {
  slot->piece.iov_base = (void *)(uintptr_t)datagram->memory;
  slot->piece.iov_len = datagram->byte_size;
  *header = (struct msghdr){.msg_iov = &slot->piece, .msg_iovlen = 1};
  if (datagram->peer.family != 0) {
    header->msg_namelen = aeon_ip_to_kernel(&datagram->peer, &slot->address);
    header->msg_name = &slot->address;
    if (header->msg_namelen == 0) {
      return -EINVAL;
    }
  }
  if (datagram->segment_byte_size > UINT16_MAX) {
    return -EINVAL;
  }
  if (datagram->segment_byte_size != 0) {
    ask_for_segments(header, slot, (uint16_t)datagram->segment_byte_size);
  }
  return 0;
}

/* A message header costs the kernel a tenth of what a small datagram does. */
static int32_t send_single(int descriptor, const struct aeon_datagram *datagram) {
  struct sockaddr_storage address;
  socklen_t length = 0;
  if (datagram->peer.family != 0) {
    length = aeon_ip_to_kernel(&datagram->peer, &address);
    if (length == 0) {
      return -EINVAL;
    }
  }
  ssize_t sent = sendto(descriptor, (const void *)(uintptr_t)datagram->memory, datagram->byte_size,
                        MSG_DONTWAIT | MSG_NOSIGNAL,
                        length == 0 ? NULL : (const struct sockaddr *)&address, length);
  return sent < 0 ? -errno : 1;
}

int32_t aeon_datagram_send_many(int32_t descriptor, const struct aeon_datagram *batch,
                                int32_t count) {
  if (count < 1 || count > AEON_DATAGRAM_BATCH) {
    return -EINVAL;
  }
  if (count == 1 && batch[0].segment_byte_size == 0) {
    return send_single(descriptor, &batch[0]);
  }
  struct slot slots[AEON_DATAGRAM_BATCH];
  struct mmsghdr headers[AEON_DATAGRAM_BATCH];
  for (int32_t i = 0; i < count; i++) {
    int32_t result = prepare_to_send(&batch[i], &slots[i], &headers[i].msg_hdr);
    if (result < 0) {
      return result;
    }
  }
  int sent = count == 1
                 ? (sendmsg(descriptor, &headers[0].msg_hdr, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 ? -1
                                                                                              : 1)
                 : sendmmsg(descriptor, headers, (unsigned)count, MSG_DONTWAIT | MSG_NOSIGNAL);
  return sent >= 0 ? sent : -errno;
}

int32_t aeon_datagram_send_file(int32_t descriptor, int32_t file, uint64_t byte_offset,
                                uint32_t byte_size, uint32_t segment_byte_size) {
  if (byte_size < 1 || byte_size > AEON_DATAGRAM_FILE_RUN || segment_byte_size < 1 ||
      segment_byte_size > UINT16_MAX || byte_offset > (uint64_t)INT64_MAX - byte_size) {
    return -EINVAL;
  }
  int32_t result = set_int(descriptor, IPPROTO_UDP, UDP_SEGMENT, (int)segment_byte_size);
  if (result < 0) {
    return result;
  }
  off_t offset = (off_t)byte_offset;
  ssize_t sent = sendfile(descriptor, file, &offset, byte_size);
  result = sent == (ssize_t)byte_size ? 1 : sent < 0 ? -errno : -EIO;
  /* What is sent next may be one datagram that is larger. */
  (void)set_int(descriptor, IPPROTO_UDP, UDP_SEGMENT, 0);
  return result;
}

static uint32_t segment_size(struct msghdr *header) {
  for (struct cmsghdr *control = CMSG_FIRSTHDR(header); control != NULL;
       control = CMSG_NXTHDR(header, control)) {
    if (control->cmsg_level == IPPROTO_UDP && control->cmsg_type == UDP_GRO) {
      int byte_size = 0;
      memcpy(&byte_size, CMSG_DATA(control), sizeof byte_size);
      return byte_size > 0 ? (uint32_t)byte_size : 0;
    }
  }
  return 0;
}

static void take(struct mmsghdr *header, const struct slot *slot, struct aeon_datagram *datagram) {
  datagram->byte_size = header->msg_len;
  datagram->segment_byte_size = segment_size(&header->msg_hdr);
  datagram->flags = header->msg_hdr.msg_flags & MSG_TRUNC ? AEON_DATAGRAM_TRUNCATED : 0;
  if (aeon_ip_from_kernel(&slot->address, &datagram->peer) < 0) {
    memset(&datagram->peer, 0, sizeof datagram->peer);
  }
}

static int receive_one(int descriptor, struct mmsghdr *header) {
  ssize_t byte_size = recvmsg(descriptor, &header->msg_hdr, MSG_DONTWAIT);
  header->msg_len = (unsigned)byte_size;
  return byte_size < 0 ? -1 : 1;
}

int32_t aeon_datagram_receive_many(int32_t descriptor, struct aeon_datagram *batch, int32_t count) {
  if (count < 1 || count > AEON_DATAGRAM_BATCH) {
    return -EINVAL;
  }
  struct slot slots[AEON_DATAGRAM_BATCH];
  struct mmsghdr headers[AEON_DATAGRAM_BATCH];
  for (int32_t i = 0; i < count; i++) {
    slots[i].piece.iov_base = (void *)(uintptr_t)batch[i].memory;
    slots[i].piece.iov_len = batch[i].capacity;
    headers[i].msg_hdr = (struct msghdr){.msg_name = &slots[i].address,
                                         .msg_namelen = sizeof slots[i].address,
                                         .msg_iov = &slots[i].piece,
                                         .msg_iovlen = 1,
                                         .msg_control = slots[i].control.bytes,
                                         .msg_controllen = sizeof slots[i].control.bytes};
  }
  int received = count == 1 ? receive_one(descriptor, &headers[0])
                            : recvmmsg(descriptor, headers, (unsigned)count, MSG_DONTWAIT, NULL);
  if (received < 0) {
    return -errno;
  }
  for (int32_t i = 0; i < received; i++) {
    take(&headers[i], &slots[i], &batch[i]);
  }
  return received;
}
