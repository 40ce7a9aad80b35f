function c = row_dot(A, B)
%ROW_DOT  The dot products of the rows of two matrices, as a column.

if exist('row_dot_mex', 'file') == 3
    c = row_dot_mex(A, B);
else
    c = sum(A .* B, 2);
end
end
