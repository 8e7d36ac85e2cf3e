package dev.aeon.spoke.validate.image;

import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import org.jspecify.annotations.Nullable;

/** A remote procedure of a service. */
public final class MethodElement extends Element {
  private static final int INPUT_TYPE = 2;
  private static final int OUTPUT_TYPE = 3;
  private static final int OPTIONS = 4;
  private static final int IDEMPOTENCY_OPTION = 34;

  private final ServiceElement service;
  private final MethodDescriptorProto proto;

  MethodElement(ServiceElement service, int[] path, MethodDescriptorProto proto) {
    super(service.file(), null, path, proto.getName());
    this.service = service;
    this.proto = proto;
  }

  public ServiceElement service() {
    return service;
  }

  public MethodDescriptorProto proto() {
    return proto;
  }

  /** The full name of the request's type, without a dot in front. */
  public String inputType() {
    return FieldElement.withoutDot(proto.getInputType());
  }

  /** The full name of the response's type, without a dot in front. */
  public String outputType() {
    return FieldElement.withoutDot(proto.getOutputType());
  }

  public @Nullable Place inputTypePlace() {
    return placeOf(INPUT_TYPE);
  }

  public @Nullable Place outputTypePlace() {
    return placeOf(OUTPUT_TYPE);
  }

  public @Nullable Place idempotencyPlace() {
    return placeOf(OPTIONS, IDEMPOTENCY_OPTION);
  }

  @Override
  public String nestedName() {
    return service.nestedName() + "." + name();
  }

  @Override
  public Features features() {
    return service.features().with(proto.getOptions().getFeatures());
  }
}
