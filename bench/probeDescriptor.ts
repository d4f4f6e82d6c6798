/** Of the pipe that a probe is asked over, beside the channel of the process that it is in. */
export const probeDescriptor = 4;
