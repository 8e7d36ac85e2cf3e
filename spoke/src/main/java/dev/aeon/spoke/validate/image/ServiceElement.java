package dev.aeon.spoke.validate.image;

import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import java.util.ArrayList;
import java.util.List;

/** A service. */
public final class ServiceElement extends Element {
  private static final int METHODS = 2;

  private final Features features;
  private final List<MethodElement> methods;

  ServiceElement(ImageFile file, int[] path, ServiceDescriptorProto proto) {
    super(file, null, path, proto.getName());
    this.features = file.features().with(proto.getOptions().getFeatures());
    this.methods = new ArrayList<>(proto.getMethodCount());
    for (int i = 0; i < proto.getMethodCount(); i++) {
      methods.add(new MethodElement(this, child(path, METHODS, i), proto.getMethod(i)));
    }
  }

  public List<MethodElement> methods() {
    return methods;
  }

  @Override
  public Features features() {
    return features;
  }
}
