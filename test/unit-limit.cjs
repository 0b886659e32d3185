/* global jest */
/** A unit test has five seconds. */
jest.setTimeout(5_000);
