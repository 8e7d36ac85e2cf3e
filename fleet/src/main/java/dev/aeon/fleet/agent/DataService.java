package dev.aeon.fleet.agent;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.aeon.fleet.v1.FleetReply;
import dev.aeon.fleet.v1.FleetRequest;
import dev.aeon.fleet.v1.Refusal;
import dev.aeon.fleet.v1.WeightsAccepted;
import dev.aeon.sp.Message;
import dev.aeon.sp.RepSocket;
import dev.aeon.sp.SpClosedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Answers the manager's bulk requests over SP REQ/REP: receives on a thread of its own, and has the
 * answers made where the agent works.
 */
final class DataService implements AutoCloseable {
  private final ShardWorker worker;
  private final Executor workplace;
  private final RepSocket socket = RepSocket.open();
  private final Thread thread;

  DataService(ShardWorker worker, Executor workplace, String url) {
    this.worker = worker;
    this.workplace = workplace;
    socket.listen(url);
    thread = Thread.ofPlatform().name("data").daemon().start(this::serve);
  }

  private void serve() {
    try {
      while (true) {
        try (Message request = socket.receive()) {
          socket.send(
              CompletableFuture.supplyAsync(() -> reply(request), workplace).join().toByteArray());
        }
      }
    } catch (SpClosedException closed) {
      // The agent goes.
    }
  }

  private FleetReply reply(Message message) {
    try {
      return reply(FleetRequest.parseFrom(message.body().asByteBuffer()));
    } catch (InvalidProtocolBufferException malformed) {
      return refusal("the request breaks the schema: " + malformed.getMessage());
    } catch (RuntimeException failure) {
      return refusal(String.valueOf(failure.getMessage()));
    }
  }

  private FleetReply reply(FleetRequest request) {
    return switch (request.getRequestCase()) {
      case STATISTICS -> statistics(request.getStatistics().getShard());
      case WEIGHTS -> {
        worker.useWeights(request.getWeights());
        yield FleetReply.newBuilder().setWeights(WeightsAccepted.getDefaultInstance()).build();
      }
      case QUERY -> FleetReply.newBuilder().setResult(worker.query(request.getQuery())).build();
      case REQUEST_NOT_SET -> refusal("the request asks for nothing known");
    };
  }

  private FleetReply statistics(int shard) {
    return worker
        .takeStatistics(shard)
        .map(found -> FleetReply.newBuilder().setStatistics(found).build())
        .orElseGet(() -> refusal("shard was not counted here: shard=" + shard));
  }

  private static FleetReply refusal(String reason) {
    return FleetReply.newBuilder().setRefusal(Refusal.newBuilder().setReason(reason)).build();
  }

  @Override
  public void close() {
    socket.close();
    thread.interrupt();
  }
}
