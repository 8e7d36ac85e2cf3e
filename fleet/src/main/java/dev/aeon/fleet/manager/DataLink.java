package dev.aeon.fleet.manager;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.aeon.fleet.v1.FleetReply;
import dev.aeon.fleet.v1.FleetRequest;
import dev.aeon.sp.Message;
import dev.aeon.sp.ReqSocket;
import dev.aeon.sp.SpException;
import dev.aeon.sp.SpOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Requests to one agent and its replies, over SP REQ/REP. Used by one thread at a time. */
final class DataLink implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration REPLY_TIMEOUT = Duration.ofMinutes(10);

  /** The agent did not answer, or not in the words of the schema. */
  static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1;

    BrokenException(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  private final ReqSocket socket = ReqSocket.open();
  private final AtomicLong messageCount;

  DataLink(String url, AtomicLong messageCount) {
    this.messageCount = messageCount;
    socket.set(SpOptions.RESEND_TIME, Duration.ZERO);
    socket.set(SpOptions.SEND_TIMEOUT, CONNECT_TIMEOUT);
    socket.dial(url);
  }

  FleetReply call(FleetRequest request) throws BrokenException {
    try {
      socket.send(request.toByteArray());
      messageCount.incrementAndGet();
      try (Message reply = socket.receive(REPLY_TIMEOUT)) {
        messageCount.incrementAndGet();
        return FleetReply.parseFrom(reply.body().asByteBuffer());
      }
    } catch (SpException lost) {
      throw new BrokenException("its connection broke", lost);
    } catch (InvalidProtocolBufferException malformed) {
      throw new BrokenException("its reply breaks the schema", malformed);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
