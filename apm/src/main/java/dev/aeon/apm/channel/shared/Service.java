package dev.aeon.apm.channel.shared;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.route.Router;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.validate.ValidatedMessage;
import dev.aeon.apm.validate.Validator;
import dev.aeon.apm.validate.Verdict;
import dev.aeon.sp.Message;
import dev.aeon.sp.RepSocket;
import dev.aeon.sp.SpException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does for guests what they ask for, one request after the other, until it is ended. */
final class Service implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private final Router router = new Router(new Registry());
  private final Way way;
  private final Channel channel;
  private final RepSocket socket;
  private CompletableFuture<Message> request = new CompletableFuture<>();
  private boolean ended;

  Service(Way way, Channel channel, RepSocket socket) {
    this.way = way;
    this.channel = channel;
    this.socket = socket;
  }

  @Override
  public void run() {
    while (receive()) {
      try (Message next = request.join()) {
        socket.send(answer(Frames.lines(next)).getBytes(StandardCharsets.UTF_8));
      } catch (CancellationException _) {
        return; // ended
      } catch (SpException e) {
        LOG.warn("a guest got no answer: channel={}", way.name(), e);
      }
    }
  }

  /** Takes no more requests. */
  synchronized void end() {
    ended = true;
    request.cancel(false);
  }

  private synchronized boolean receive() {
    if (!ended) {
      request = socket.receiveAsync();
    }
    return !ended;
  }

  private String answer(List<byte[]> lines) {
    List<byte[]> rest = lines.subList(1, lines.size());
    return switch (Frames.text(lines.getFirst())) {
      case Frames.APPEND -> append(rest);
      case Frames.REMIND -> remind(rest);
      default -> Frames.NO;
    };
  }

  private String remind(List<byte[]> ids) {
    boolean waits =
        ids.size() == 1
            && MessageId.isLegal(Frames.text(ids.getFirst()))
            && channel.remind(new MessageId(Frames.text(ids.getFirst())));
    return waits ? Frames.OK : Frames.NO;
  }

  private String append(List<byte[]> lines) {
    List<CompletableFuture<Void>> appends = lines.stream().map(this::append).toList();
    return appends.stream()
        .map(each -> Frames.outcome(failure(each)))
        .collect(Collectors.joining("\n"));
  }

  /** A guest sends what the owner could send itself, and nothing else. */
  private CompletableFuture<Void> append(byte[] line) {
    if (Validator.validate(line) instanceof Verdict.Valid(ValidatedMessage valid)
        && valid.message().sender().agentId().equals(way.sender())
        && valid.message().receiver() instanceof Receiver.One(AgentIdentity target)
        && target.agentId().equals(way.receiver())) {
      return channel.append(router.answer(valid, target));
    }
    return CompletableFuture.failedFuture(
        new ChannelException(
            ErrorCode.E_VALIDATION_009, "not a message for this channel: channel=" + way.name()));
  }

  private static Optional<ChannelException> failure(CompletableFuture<Void> append) {
    try {
      append.join();
      return Optional.empty();
    } catch (CompletionException e) {
      return Optional.of(
          e.getCause() instanceof ChannelException known
              ? known
              : new ChannelException(ErrorCode.E_ROUTING_003, "not appended: cause=" + e, e));
    }
  }
}
