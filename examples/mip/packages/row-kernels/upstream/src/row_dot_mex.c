#include "mex.h"

void mexFunction(int nlhs, mxArray *plhs[], int nrhs, const mxArray *prhs[]) {
  if (nrhs != 2 || !mxIsDouble(prhs[0]) || !mxIsDouble(prhs[1]) ||
      mxGetM(prhs[0]) != mxGetM(prhs[1]) || mxGetN(prhs[0]) != mxGetN(prhs[1]))
    mexErrMsgIdAndTxt("row_dot:arguments", "row_dot takes two equal matrices");
  const size_t rows = mxGetM(prhs[0]), columns = mxGetN(prhs[0]);
  const double *a = mxGetPr(prhs[0]), *b = mxGetPr(prhs[1]);
  plhs[0] = mxCreateDoubleMatrix(rows, 1, mxREAL);
  double *c = mxGetPr(plhs[0]);
  for (size_t j = 0; j < columns; ++j)
    for (size_t i = 0; i < rows; ++i) c[i] += a[i + j * rows] * b[i + j * rows];
}
