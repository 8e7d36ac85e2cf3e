#include <errno.h>
#include <string.h>

#include "aeon/descriptor.h"
#include "aeon/poll.h"
#include "aeon/stream.h"
#include "aeon/tcp.h"
#include "aeon/wake.h"
#include "check.h"

static void signals_add_up_to_one(void) {
  int32_t wake = aeon_wake_create();
  CHECK(wake >= 0);
  CHECK(aeon_wake_drain(wake) == 0);
  CHECK(aeon_wake_wait(wake, 0) == 0);
  CHECK(aeon_wake_signal(wake) == 0);
  CHECK(aeon_wake_signal(wake) == 0);
  CHECK(aeon_wake_wait(wake, -1) == 1);
  CHECK(aeon_wake_drain(wake) == 0);
  CHECK(aeon_descriptor_close(wake) == 0);
  CHECK(aeon_wake_signal(wake) == -EBADF);
  CHECK(aeon_wake_drain(wake) == -EBADF);
  CHECK(aeon_wake_wait(wake, 0) == -EBADF);
}

static void readiness_carries_its_token(void) {
  int32_t poller = aeon_poll_create();
  int32_t wake = aeon_wake_create();
  struct aeon_poll_event events[2];
  CHECK(aeon_poll_add(poller, wake, AEON_POLL_READABLE, 0xfeedfacecafebeefu) == 0);
  CHECK(aeon_poll_add(poller, wake, AEON_POLL_READABLE, 1) == -EEXIST);
  CHECK(aeon_poll_wait(poller, events, 2, 0) == 0);
  aeon_wake_signal(wake);
  CHECK(aeon_poll_wait(poller, events, 2, -1) == 1);
  CHECK(events[0].token == 0xfeedfacecafebeefu);
  CHECK(events[0].readiness == AEON_POLL_READABLE);
  CHECK(aeon_poll_modify(poller, wake, AEON_POLL_WRITABLE, 2) == 0);
  CHECK(aeon_poll_wait(poller, events, 2, -1) == 1);
  CHECK(events[0].token == 2 && events[0].readiness == AEON_POLL_WRITABLE);
  CHECK(aeon_poll_remove(poller, wake) == 0);
  CHECK(aeon_poll_remove(poller, wake) == -ENOENT);
  CHECK(aeon_poll_wait(poller, events, 0, 0) == -EINVAL);
  CHECK(aeon_poll_wait(poller, events, 257, 0) == -EINVAL);
  aeon_descriptor_close(wake);
  aeon_descriptor_close(poller);
}

static void tcp_connects_on_both_families(uint32_t family) {
  struct aeon_ip_address loopback = {.family = family};
  if (family == 4) {
    memcpy(loopback.bytes, "\x7f\0\0\1", 4);
  } else {
    loopback.bytes[15] = 1;
  }
  int32_t listener = aeon_tcp_listen(&loopback, 1);
  if (family == 6 && (listener == -EAFNOSUPPORT || listener == -EADDRNOTAVAIL)) {
    return; /* a host without IPv6 */
  }
  CHECK(listener >= 0);
  struct aeon_ip_address bound;
  CHECK(aeon_tcp_local_address(listener, &bound) == 0);
  CHECK(bound.family == family && bound.port > 0);
  CHECK(memcmp(bound.bytes, loopback.bytes, 16) == 0);
  int32_t client = aeon_tcp_connect(&bound);
  CHECK(client >= 0);
  int32_t poller = aeon_poll_create();
  struct aeon_poll_event event;
  CHECK(aeon_poll_add(poller, client, AEON_POLL_WRITABLE, 0) == 0);
  CHECK(aeon_poll_wait(poller, &event, 1, 5000000000) == 1);
  CHECK(aeon_stream_pending_error(client) == 0);
  struct aeon_ip_address remote;
  CHECK(aeon_tcp_remote_address(client, &remote) == 0 && remote.port == bound.port);
  CHECK(aeon_tcp_set_no_delay(client, 1) == 0 && aeon_tcp_set_keep_alive(client, 1) == 0);
  aeon_descriptor_close(client);
  aeon_descriptor_close(listener);
  int32_t refused = aeon_tcp_connect(&bound);
  if (refused >= 0) {
    CHECK(aeon_poll_add(poller, refused, AEON_POLL_WRITABLE, 0) == 0);
    CHECK(aeon_poll_wait(poller, &event, 1, 5000000000) == 1);
    CHECK(aeon_stream_pending_error(refused) == ECONNREFUSED);
    aeon_descriptor_close(refused);
  } else {
    CHECK(refused == -ECONNREFUSED);
  }
  aeon_descriptor_close(poller);
}

static void wrong_addresses_are_refused(void) {
  struct aeon_ip_address address = {.family = 5};
  CHECK(aeon_tcp_listen(&address, 1) == -EINVAL);
  address.family = 4;
  address.port = 65536;
  CHECK(aeon_tcp_connect(&address) == -EINVAL);
}

int main(void) {
  signals_add_up_to_one();
  readiness_carries_its_token();
  tcp_connects_on_both_families(4);
  tcp_connects_on_both_families(6);
  wrong_addresses_are_refused();
  return 0;
}
