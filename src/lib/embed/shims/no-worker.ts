/** Stands for the address of a worker of the console, which a demo does not start. */
export default '';
