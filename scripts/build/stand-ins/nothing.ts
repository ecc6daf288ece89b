// Stands in for what a mock never calls.
export default {};
