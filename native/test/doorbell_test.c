#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "aeon/descriptor.h"
#include "aeon/doorbell.h"
#include "aeon/poll.h"
#include "check.h"

static void rings_are_taken(void) {
  int32_t ends[2];
  CHECK(aeon_doorbell_create(ends) == 0);
  CHECK(aeon_doorbell_take(ends[0]) == -EAGAIN);
  CHECK(aeon_doorbell_ring(ends[1]) == 0);
  CHECK(aeon_doorbell_ring(ends[1]) == 0);
  CHECK(aeon_doorbell_take(ends[0]) == 2);
  CHECK(aeon_doorbell_take(ends[0]) == -EAGAIN);
  aeon_descriptor_close(ends[1]);
  CHECK(aeon_doorbell_take(ends[0]) == 0);
  aeon_descriptor_close(ends[0]);
}

static void a_full_doorbell_rings_already(void) {
  int32_t ends[2];
  CHECK(aeon_doorbell_create(ends) == 0);
  for (int ring = 0; ring < 100000; ring++) {
    CHECK(aeon_doorbell_ring(ends[1]) == 0);
  }
  CHECK(aeon_doorbell_take(ends[0]) > 0);
  aeon_descriptor_close(ends[0]);
  CHECK(aeon_doorbell_ring(ends[1]) == -EPIPE);
  aeon_descriptor_close(ends[1]);
}

static void who_passed_a_button_cannot_make_it_block(void) {
  int32_t ends[2];
  CHECK(aeon_doorbell_create(ends) == 0);
  int32_t button = aeon_doorbell_adopt(ends[1]);
  CHECK(button >= 0);
  CHECK(fcntl(ends[1], F_SETFL, 0) == 0);
  CHECK((fcntl(button, F_GETFL) & O_NONBLOCK) != 0);
  for (int ring = 0; ring < 100000; ring++) {
    CHECK(aeon_doorbell_ring(button) == 0);
  }
  aeon_descriptor_close(ends[0]);
  CHECK(aeon_doorbell_ring(button) == -EPIPE);
  aeon_descriptor_close(ends[1]);
  aeon_descriptor_close(button);
}

static void what_is_no_pipe_is_refused(void) {
  int32_t poller = aeon_poll_create();
  CHECK(aeon_doorbell_adopt(poller) == -EPROTOTYPE);
  aeon_descriptor_close(poller);
  CHECK(aeon_doorbell_adopt(poller) == -EBADF);
}

int main(void) {
  signal(SIGPIPE, SIG_IGN);
  rings_are_taken();
  a_full_doorbell_rings_already();
  who_passed_a_button_cannot_make_it_block();
  what_is_no_pipe_is_refused();
  return 0;
}
