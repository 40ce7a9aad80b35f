% As compile.m, with MinGW, whose runtime is linked into the file.
mex -output matlab/row_dot_mex src/row_dot_mex.c
