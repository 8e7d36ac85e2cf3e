Gem::Specification.new do |s|
  s.name = '${hyphenated}-schema'
  s.version = '${rubyversion}'
  s.summary = 'Generated from a Protobuf schema.'
  s.authors = ['Spoke']
  s.files = Dir['**/*.rb']
  s.require_paths = ['.']
  s.add_dependency 'google-protobuf', '~> 4.${protobuf}'
?grpc   s.add_dependency 'grpc', '~> 1.51'
end
