/* Between the shim's IP addresses and the kernel's. */
#ifndef AEON_SRC_IP_ADDRESS_H
#define AEON_SRC_IP_ADDRESS_H

#include <sys/socket.h>

#include "aeon/tcp.h"

/* Fills a kernel address and returns its length, or 0 for a family or a port that does not exist. */
socklen_t aeon_ip_to_kernel(const struct aeon_ip_address *address, struct sockaddr_storage *kernel);

/* Returns 0, or -EAFNOSUPPORT. */
int32_t aeon_ip_from_kernel(const struct sockaddr_storage *kernel, struct aeon_ip_address *address);

#endif
