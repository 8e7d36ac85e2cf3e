package dev.aeon.checks.bench.messaging;

import static dev.aeon.checks.bench.messaging.TransportKind.inproc;
import static dev.aeon.checks.bench.messaging.TransportKind.ipc;
import static dev.aeon.checks.bench.messaging.TransportKind.shm;
import static dev.aeon.checks.bench.messaging.TransportKind.tcp;
import static dev.aeon.checks.bench.messaging.TransportKind.udp;

import dev.aeon.checks.bench.messaging.AeronEndpoints.Waiting;

/** Whose sockets are measured, and in which manner of use. */
public enum MessagingSystem {
  /** Ours, called by platform threads. */
  AEON("aeon") {
    @Override
    public Endpoints start(TransportKind transport) {
      return role -> AeonEndpoint.open(role, transport, true);
    }
  },
  /** Ours, called by virtual threads. */
  AEON_VIRTUAL("aeon-virtual") {
    @Override
    public Endpoints start(TransportKind transport) {
      return AEON.start(transport);
    }
  },
  /** Ours, sleeping at once where there is nothing to do. */
  AEON_SLEEPING("aeon-sleeping") {
    @Override
    public Endpoints start(TransportKind transport) {
      return role -> AeonEndpoint.open(role, transport, false);
    }
  },
  NNG("nng") {
    @Override
    public Endpoints start(TransportKind transport) {
      return NngEndpoint::new;
    }
  },
  NANOMSG("nanomsg") {
    @Override
    public Endpoints start(TransportKind transport) {
      return NanomsgEndpoint::new;
    }
  },
  LIBZMQ("libzmq") {
    @Override
    public Endpoints start(TransportKind transport) {
      return new ZmqEndpoints();
    }
  },
  /** Its ipc is TCP on a port that follows from the path, and so left out. */
  JEROMQ("jeromq") {
    @Override
    public Endpoints start(TransportKind transport) {
      return new JeroMqEndpoints();
    }
  },
  /** Aeron with clients that spin. */
  AERON("aeron") {
    @Override
    public Endpoints start(TransportKind transport) {
      return new AeronEndpoints(transport, Waiting.SPINNING);
    }
  },
  /** Aeron with clients that back off, to a sleep at last. */
  AERON_BACKOFF("aeron-backoff") {
    @Override
    public Endpoints start(TransportKind transport) {
      return new AeronEndpoints(transport, Waiting.BACKING_OFF);
    }
  },
  /** Blocking socket channels of the JDK with a length before each body; one connection each. */
  JDK("jdk") {
    @Override
    public Endpoints start(TransportKind transport) {
      return role -> new ChannelEndpoint();
    }
  },
  /** The same, called by virtual threads. */
  JDK_VIRTUAL("jdk-virtual") {
    @Override
    public Endpoints start(TransportKind transport) {
      return JDK.start(transport);
    }
  };

  private final String label;

  MessagingSystem(String label) {
    this.label = label;
  }

  public abstract Endpoints start(TransportKind transport);

  public boolean supports(Role role, TransportKind transport) {
    return switch (this) {
      case AERON, AERON_BACKOFF -> role != Role.PAIR && (transport == shm || transport == udp);
      case JDK, JDK_VIRTUAL ->
          role != Role.PUB && role != Role.PAIR && (transport == ipc || transport == tcp);
      case JEROMQ -> transport == inproc || transport == tcp;
      case AEON, AEON_VIRTUAL, AEON_SLEEPING -> true;
      default -> transport == inproc || transport == ipc || transport == tcp;
    };
  }

  /** Whether one endpoint can have several connections, which dial it. */
  public boolean takesManyConnections(Role listener) {
    return switch (this) {
      case JDK, JDK_VIRTUAL -> false;
      case AERON, AERON_BACKOFF -> listener != Role.REP;
      default -> true;
    };
  }

  /** Whether an endpoint can connect to the same place many times over, at any count. */
  public boolean dialsRepeatedly() {
    return switch (this) {
      case AEON, NNG, LIBZMQ -> true;
      default -> false;
    };
  }

  public boolean usesVirtualThreads() {
    return this == AEON_VIRTUAL || this == JDK_VIRTUAL;
  }

  /** As in tables. */
  public String label() {
    return label;
  }
}
