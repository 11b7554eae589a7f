"""The stream: nights of new facts, by every method; everything is asked after every night."""
