# The settings are environment variables: https://docs.pact.io/pact_broker/docker_images/pactfoundation
require 'pact_broker'

run PactBroker::App.new
