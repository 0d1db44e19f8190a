// Ends well when the machine has a JDK on which the real engine runs: node test/conformance/oracle/has-jdk.ts
import { findJdk } from './find-java.ts';

process.exitCode = (await findJdk(process.env)) === undefined ? 1 : 0;
