package dev.aeon.apm;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Quarantine;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Custom;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageType;
import dev.aeon.apm.route.UnknownReceivers;
import dev.aeon.apm.schema.FieldRule;
import dev.aeon.apm.security.AccessPolicy;
import dev.aeon.apm.security.Signatures;
import dev.aeon.apm.store.ProcessedMessages;
import dev.aeon.apm.track.Jitter;
import dev.aeon.apm.track.RetryPolicy;
import dev.aeon.apm.track.SystemTimers;
import dev.aeon.apm.track.Timers;
import dev.aeon.apm.track.TrackerListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What a bus is given from outside. Immutable: each {@code with} answers a copy. */
public final class BusOptions {
  private InstantSource clock = InstantSource.system();
  private Function<String, Timers> timers = SystemTimers::new;
  private Quarantine quarantine = BusOptions::log;
  private Jitter jitter = Jitter.TENTH;
  private Function<MessageType, RetryPolicy> retryPolicies = RetryPolicy::of;
  private AckTime ackTime = AckTime.ON_RECEIPT;
  private Map<String, FieldRule> customTypes = Map.of();
  private TrackerListener listener = new TrackerListener() {};
  private boolean reportsFailures = true;
  private AccessPolicy access = AccessPolicy.ALL;
  private @Nullable Signatures signatures;
  private Predicate<AgentId> isStrict = _ -> false;
  private @Nullable Path directory;
  private @Nullable ProcessedMessages processed;
  private long maxUnderWayByteSize = 256L << 20;
  private UnknownReceivers unknownReceivers = UnknownReceivers.REFUSE;
  private Predicate<Message> redriven = _ -> false;
  private OpenTelemetry openTelemetry = OpenTelemetry.noop();
  private MeterRegistry meters = new CompositeMeterRegistry();

  private BusOptions() {}

  private BusOptions(BusOptions other) {
    this.clock = other.clock;
    this.timers = other.timers;
    this.quarantine = other.quarantine;
    this.jitter = other.jitter;
    this.retryPolicies = other.retryPolicies;
    this.ackTime = other.ackTime;
    this.customTypes = other.customTypes;
    this.listener = other.listener;
    this.reportsFailures = other.reportsFailures;
    this.access = other.access;
    this.signatures = other.signatures;
    this.isStrict = other.isStrict;
    this.directory = other.directory;
    this.processed = other.processed;
    this.maxUnderWayByteSize = other.maxUnderWayByteSize;
    this.unknownReceivers = other.unknownReceivers;
    this.redriven = other.redriven;
    this.openTelemetry = other.openTelemetry;
    this.meters = other.meters;
  }

  /**
   * The system's clocks, the specification's time-outs, acknowledgement on receipt, nothing kept
   * beyond the process, and a quarantine that only logs.
   */
  public static BusOptions defaults() {
    return new BusOptions();
  }

  private BusOptions with(Consumer<BusOptions> change) {
    BusOptions copy = new BusOptions(this);
    change.accept(copy);
    return copy;
  }

  /** What timestamps and times to live are read from. */
  public BusOptions withClock(InstantSource clock) {
    return with(copy -> copy.clock = clock);
  }

  /** Makes the timers of a bus, which closes them; given the agent's id. */
  public BusOptions withTimers(Function<String, Timers> timers) {
    return with(copy -> copy.timers = timers);
  }

  /** Keeps input that is no message. */
  public BusOptions withQuarantine(Quarantine quarantine) {
    return with(copy -> copy.quarantine = quarantine);
  }

  /** Spreads the pauses before retries; a tenth up or down where not set. */
  public BusOptions withJitter(Jitter jitter) {
    return with(copy -> copy.jitter = jitter);
  }

  /** Time-outs and retries of each type; section 4.3 where not set. */
  public BusOptions withRetryPolicies(Function<MessageType, RetryPolicy> retryPolicies) {
    return with(copy -> copy.retryPolicies = retryPolicies);
  }

  public BusOptions withAckTime(AckTime ackTime) {
    return with(copy -> copy.ackTime = ackTime);
  }

  /**
   * Takes in a custom type, which is refused where it is not named here (section 8.3).
   *
   * @param rules what its payload must be
   * @throws IllegalArgumentException where the name is not of the form
   */
  public BusOptions withCustomType(String typeName, FieldRule rules) {
    if (!Custom.isLegalName(typeName)) {
      throw new IllegalArgumentException("not a custom type: typeName=" + typeName);
    }
    Map<String, FieldRule> wider = new HashMap<>(customTypes);
    wider.put(typeName, rules);
    return with(copy -> copy.customTypes = Map.copyOf(wider));
  }

  /** Is told what becomes of the messages we send. */
  public BusOptions withListener(TrackerListener listener) {
    return with(copy -> copy.listener = listener);
  }

  /** Whether managers are told by ERROR_REPORT of messages that fail; true where not set. */
  public BusOptions withFailureReports(boolean reportsFailures) {
    return with(copy -> copy.reportsFailures = reportsFailures);
  }

  /** Signs what is sent, and believes nothing that is not signed. */
  public BusOptions withSignatures(Signatures signatures) {
    return with(copy -> copy.signatures = signatures);
  }

  /** Who may send what to whom; everybody everything where not set. */
  public BusOptions withAccess(AccessPolicy access) {
    return with(copy -> copy.access = access);
  }

  /**
   * From which senders everything is handled in the order in which it was sent; of the others,
   * priority goes first where it does not part a task or a correlation. From none where not set.
   */
  public BusOptions withStrictOrder(Predicate<AgentId> isStrict) {
    return with(copy -> copy.isStrict = isStrict);
  }

  /**
   * Keeps below {@code apmDirectory} what must survive the process: messages under way, messages
   * handled, and the dead-letter queue.
   */
  public BusOptions withDirectory(Path apmDirectory) {
    return with(copy -> copy.directory = apmDirectory);
  }

  /** Knows which messages were handled, instead of the directory's files; the bus closes it. */
  public BusOptions withProcessed(ProcessedMessages processed) {
    return with(copy -> copy.processed = processed);
  }

  /**
   * How many bytes of memory messages under way may take, each counted as its line and a kilobyte;
   * 256 MiB by default. Beyond, sending fails with E_SYSTEM_003 until some are delivered.
   *
   * @throws IllegalArgumentException where it is not positive
   */
  public BusOptions withMaxUnderWayByteSize(long maxUnderWayByteSize) {
    if (maxUnderWayByteSize <= 0) {
      throw new IllegalArgumentException(
          "not positive: maxUnderWayByteSize=" + maxUnderWayByteSize);
    }
    return with(copy -> copy.maxUnderWayByteSize = maxUnderWayByteSize);
  }

  /** What becomes of messages to agents that are not registered; refused where not set. */
  public BusOptions withUnknownReceivers(UnknownReceivers unknownReceivers) {
    return with(copy -> copy.unknownReceivers = unknownReceivers);
  }

  /**
   * Which messages the bus sends once more by itself where they fail, as the same message with a
   * new time, until they are acknowledged or refused for good: after restarts too, and however long
   * the receiver is away or its storage full. Of no effect without a directory; none where not set.
   */
  public BusOptions withRedriven(Predicate<Message> redriven) {
    return with(copy -> copy.redriven = redriven);
  }

  /**
   * Traces what is sent and handled: a span each, joined over all agents by a context in {@code
   * metadata}. A handler runs within its message's span.
   */
  public BusOptions withOpenTelemetry(OpenTelemetry openTelemetry) {
    return with(copy -> copy.openTelemetry = openTelemetry);
  }

  /** Counts and times in {@code meters}, named {@code apm.…}, while the bus is open. */
  public BusOptions withMeters(MeterRegistry meters) {
    return with(copy -> copy.meters = meters);
  }

  public InstantSource clock() {
    return clock;
  }

  Timers openTimers(String name) {
    return timers.apply(name);
  }

  Quarantine quarantine() {
    return quarantine;
  }

  Jitter jitter() {
    return jitter;
  }

  Function<MessageType, RetryPolicy> retryPolicies() {
    return retryPolicies;
  }

  AckTime ackTime() {
    return ackTime;
  }

  Map<String, FieldRule> customTypes() {
    return customTypes;
  }

  long maxUnderWayByteSize() {
    return maxUnderWayByteSize;
  }

  /** What becomes of a message to an agent that is not registered. */
  public UnknownReceivers unknownReceivers() {
    return unknownReceivers;
  }

  /** Which messages the bus sends once more by itself. */
  public Predicate<Message> redriven() {
    return redriven;
  }

  OpenTelemetry openTelemetry() {
    return openTelemetry;
  }

  MeterRegistry meters() {
    return meters;
  }

  /** Who is told what becomes of the messages we send. */
  public TrackerListener listener() {
    return listener;
  }

  AccessPolicy access() {
    return access;
  }

  Optional<Signatures> signatures() {
    return Optional.ofNullable(signatures);
  }

  Predicate<AgentId> isStrict() {
    return isStrict;
  }

  boolean reportsFailures() {
    return reportsFailures;
  }

  /** Where the bus keeps what must survive; empty where it keeps nothing. */
  public Optional<Path> directory() {
    return Optional.ofNullable(directory);
  }

  Optional<ProcessedMessages> processed() {
    return Optional.ofNullable(processed);
  }

  private static void log(BadInput input) {
    LoggerFactory.getLogger(Quarantine.class)
        .warn(
            "not a message: source={} byteSize={} violations={}",
            input.source(),
            input.byteSize(),
            input.violations());
  }
}
